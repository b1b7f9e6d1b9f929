"""Was somebody thanked here? Sentences of both kinds, in every language that has a book."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.efforts import reading
from service.efforts.reading import Form

VOCABULARY = (
    "thanks thank you thx ty cheers ta good great nice job work effort catch so i could not for the appreciate "
    "would without credit did [NAME] Anna <@U1> 's made it easier helped saved noticed any in advance please ? . , "
    "! to say no but now you your kudos well done grateful dank merci gracias"
)
WORDS = VOCABULARY.split()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("thanks!", Form.THANKED),
        ("<@U024BE7LH>: ah, that worked, thx", Form.THANKED),
        ("Mum says thank you for fixing her phone.", Form.THANKED),
        ("Just wanted to say thank you for standing up for me.", Form.THANKED),
        ("That fixed it. Cheers!", Form.THANKED),
        ("Big thanks to ops, the move went well", Form.THANKED),
        ("I'm grateful for the lift this morning.", Form.THANKED),
        ("Thanks to you, the room was ready on time.", Form.THANKED),
        ("Ok, understood. Can I close it then? Thanks for explaining.", Form.THANKED),
        ("Good catch on the decimal point.", Form.PRAISED),
        ("Kudos to the night shift", Form.PRAISED),
        ("You handled the insurance so I didn't have to.", Form.PRAISED),
        ("I saw you helping with the coats. That was kind.", Form.PRAISED),
        ("We could not have opened without Kemi.", Form.CREDITED),
        ("Credit goes to Lena for finding it.", Form.CREDITED),
    ],
)
def test_thanks_praise_and_credit_are_read(text: str, form: Form) -> None:
    read = reading.thanked(text)
    assert read is not None
    assert read.form is form
    assert read.why


@pytest.mark.parametrize(
    "text",
    [
        "",
        "When are you home?",
        "No thanks, I've already eaten.",
        "Thanks in advance for any pointers.",
        "I'd appreciate a reply today.",
        "Can somebody water the plants on the third floor? Thanks!",
        "Pick up some bread, thanks.",
        "Thanks to the storm the trains are late.",
        "Thank god it's Friday.",
        "Did anyone thank the caretaker?",
        "Say thank you to Grandma.",
        "Thanks for nothing.",
        "Great, thanks for breaking the build again.",
        "Sure, you did a great job last time 🙄",
        "Thank you for your order.",
        "What a great tool this is.",
        "Great job market at the moment.",
        "This needs more effort.",
        "`thanks()` returns None",
        "> thanks for the review\nI disagree with that line.",
        "run /thanks to see the form",
    ],
)
def test_what_thanks_nobody_is_left_alone(text: str) -> None:
    assert reading.thanked(text) is None


def test_thanks_beside_a_refusal_or_a_request_still_count() -> None:
    assert reading.thanked("No thanks on the cake, but thank you for baking it!")
    assert reading.thanked("Thanks for yesterday! Could you send me the file? Thanks")


@pytest.mark.parametrize(
    ("language", "thanks", "none"),
    [
        ("de", "Vielen Dank für die Vertretung am Montag!", "Kannst du mir bitte den Schlüssel geben? Danke!"),
        ("de", "Gut gemacht, Jana", "Nein danke, ich habe schon gegessen."),
        ("de", "Ohne dich hätten wir das nie geschafft.", "Gott sei Dank ist Freitag."),
        ("fr", "Merci beaucoup pour ton aide hier", "Tu peux sortir la poubelle s'il te plaît ? Merci"),
        ("fr", "Bravo pour la présentation", "Non merci, ça va."),
        ("fr", "On vous remercie pour le gâteau.", "Merci d'avance pour votre réponse."),
        ("es", "¡Muchas gracias por cubrir mi turno!", "¿Puedes cerrar la puerta, por favor? Gracias"),
        ("es", "Buen trabajo con el informe", "No, gracias, ya he comido."),
        ("es", "Te agradezco mucho la paciencia", "Gracias de antemano."),
    ],
)
def test_every_language_reads_thanks_and_leaves_the_rest(language: str, thanks: str, none: str) -> None:
    assert reading.thanked(thanks, language)
    assert reading.thanked(none, language) is None


def test_each_language_has_a_book_and_an_unknown_one_is_read_as_english() -> None:
    assert reading.languages() == {"en", "de", "es", "fr"}
    assert reading.thanked("thanks!", "xx") == reading.thanked("thanks!", "en")
    assert reading.thanked("thanks!", "../secrets") == reading.thanked("thanks!", "en")


@given(
    text=st.text(max_size=300) | st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join),
    language=st.sampled_from(sorted(reading.languages())),
)
def test_any_text_is_read_without_an_error(text: str, language: str) -> None:
    read = reading.thanked(text, language)
    assert read is None or read.form in Form


@pytest.mark.parametrize(
    "word", [*WORDS, "you so i", "you made", "thanks to", "it helped", "a", "A", ",", "\n", "thanks,", "x" * 50, "é"]
)
def test_a_long_message_made_of_one_word_is_read_soon(word: str) -> None:
    for glue in ("", " "):
        text = (word + glue) * (20_000 // len(word))
        started_at = time.process_time()
        for language in reading.languages():
            reading.thanked(text, language)
        # The slowest takes a few milliseconds; a pattern that runs away takes seconds.
        assert time.process_time() - started_at < 0.5
