"""The rooms of the workspace: one file per noun, opened here in the order of the navigation."""

from typing import Final

from flask import Flask

from service.web import (
    access,
    appreciations,
    arriving,
    asked,
    asks,
    attention,
    boundaries,
    calendars,
    chores,
    circles,
    closing,
    coach,
    devices,
    doors,
    efforts,
    fridge,
    helping,
    households,
    insights,
    installing,
    inviting,
    joining,
    keepsakes,
    moments,
    naming,
    nudges,
    occasions,
    passkeys,
    people,
    privacy,
    repairs,
    roles,
    settings,
    sizes,
    slipping,
    spoken_here,
    starting,
    suggestions,
    today,
    tools,
    valued,
)

ALL: Final = (
    *(arriving, access, doors, passkeys, joining, inviting, households, roles),
    *(today, nudges, asks, keepsakes, appreciations, repairs, coach, people, suggestions, slipping),
    *(occasions, moments, starting, chores, efforts, fridge),
    *(asked, boundaries, circles, insights, settings, attention, valued, tools, closing),
    helping,
)
BESIDE: Final = (calendars, devices, installing, naming, privacy, spoken_here)
"""Rooms that others lead to."""


def open_all(app: Flask) -> None:
    """Open every room; those whose pages tell something by their length are made alike."""
    sizes.even(app)
    for each in (*ALL, *BESIDE):
        app.register_blueprint(each.room)
