"""The JSON API for other tools, with its OpenAPI document."""
