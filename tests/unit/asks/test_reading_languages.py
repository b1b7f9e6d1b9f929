"""What asks and what does not, in the languages beside English; every sentence is made up."""

import pytest

from service.asks import reading
from service.asks.reading import Form
from service.wording import catalogues

ASKS = {
    "de": (
        "Kannst du bitte die Zahlen prüfen?",
        "kannst du mir die Datei schicken",
        "Könnten Sie mir das Protokoll schicken",
        "Hast du am Sonntag Zeit?",
        "Weiß jemand, wo der Beamer ist?",
        "weiß jemand wie der Drucker geht",
        "Hallo zusammen, hat jemand den Ersatzschlüssel?",
        "wann fahren wir los",
        "Wer kann die Rechnung unterschreiben?",
        "Bitte gib mir bis Freitag Bescheid",
        "Ich brauche Hilfe beim Umzug",
        "Passt dir Dienstag?",
        "Sollen wir den Raum absagen?",
        "Wir liefern am Freitag, oder?",
        "Zur Info: der Aufzug steht. Kann mir jemand den Hausmeister nennen?",
        "danke, das hat geklappt. Weißt du, wie man es rückgängig macht?",
        "Irgendwelche Ideen?",
        "kurze Frage: wer hat die Schlüssel",
        "könntet ihr mir die Liste schicken",
        "Was meint ihr zu dem Entwurf",
    ),
    "fr": (
        "Peux-tu regarder les chiffres ?",
        "tu peux m'envoyer le fichier",
        "Pourriez-vous m'envoyer le compte rendu",
        "Tu es libre dimanche ?",
        "Quelqu'un sait où est le projecteur ?",
        "quelqu'un sait comment marche l'imprimante",
        "Bonjour à tous, est-ce que quelqu'un a la clé de secours",
        "à quelle heure on part",
        "Qui peut signer la facture ?",
        "Merci de me dire d'ici vendredi",
        "J'ai besoin d'aide pour le déménagement",
        "Mardi, ça te va ?",
        "Faut-il annuler la salle ?",
        "On livre vendredi, non ?",
        "Pour info l'ascenseur est en panne. Quelqu'un peut appeler ?",
        "merci, ça marche maintenant. Sais-tu comment on annule ?",
        "Des idées ?",
        "petite question : qui a les clés",
        "Envoie-moi la liste stp",
        "Qu'en pensez-vous",
    ),
    "es": (
        "¿Puedes mirar las cifras?",
        "me puedes mandar el archivo",
        "¿Podría enviarme el acta?",
        "¿Estás libre el domingo?",
        "¿Alguien sabe dónde está el proyector?",
        "alguien sabe cómo va la impresora",
        "Hola a todos, ¿alguien tiene la llave de repuesto?",
        "a qué hora salimos",
        "¿Quién puede firmar la factura?",
        "Por favor, dime algo antes del viernes",
        "Necesito ayuda con la mudanza",
        "¿Te viene bien el martes?",
        "¿Cancelamos la sala?",
        "Entregamos el viernes, ¿no?",
        "Para que lo sepáis, el ascensor no va. ¿Alguien puede llamar?",
        "gracias, ya funciona. ¿Sabes cómo se deshace?",
        "¿Alguna idea?",
        "una pregunta rápida: quién tiene las llaves",
        "mándame la lista porfa",
        "Qué os parece el borrador",
    ),
}
NO_ASKS = {
    "de": (
        "ok?",
        "Echt?",
        "Ich führe es jetzt zusammen, ok?",
        "Na und?",
        "Wer weiß",
        "Was für ein Tag!",
        "Zur Info: das Büro bleibt am Montag zu",
        "keine Antwort nötig: liegt der Bericht schon auf dem Laufwerk?",
        "Danke!",
        "Vielen Dank, das hilft",
        "Schon gut, hab's gefunden",
        "Die Zahlen liegen auf dem Laufwerk.",
        "Guten Morgen zusammen",
        "Wie geht's?",
        "Bitte gern!",
        "Kann ich machen",
        "Da hat jemand die Tür offen gelassen",
        "Wie besprochen, hier der Entwurf",
        "Das kannst du so lassen",
        "Wer mag, kommt um zwölf mit",
        "ja",
        "?",
    ),
    "fr": (
        "ok ?",
        "Vraiment ?",
        "Je fusionne maintenant, d'accord ?",
        "Et alors ?",
        "Qui sait",
        "Quelle journée !",
        "Pour info le bureau est fermé lundi",
        "pas besoin de répondre : le rapport est sur le disque ?",
        "Merci !",
        "Merci beaucoup, ça m'aide",
        "Laisse tomber, j'ai trouvé",
        "Les chiffres sont sur le disque.",
        "Bonjour tout le monde",
        "Comment ça va ?",
        "De rien !",
        "Je peux le faire",
        "Quelqu'un a laissé la porte ouverte",
        "C'est une idée qui peut aider",
        "Merci pour ton avis",
        "Pourquoi pas",
        "oui",
        "?",
    ),
    "es": (
        "¿vale?",
        "¿En serio?",
        "Lo junto ahora, ¿vale?",
        "¿Y qué?",
        "Quién sabe",
        "¡Qué día!",
        "Para que lo sepáis: la oficina cierra el lunes",
        "no hace falta responder: ¿está el informe en la carpeta?",
        "¡Gracias!",
        "Muchas gracias, me ha servido",
        "Déjalo, ya lo encontré",
        "Las cifras están en la carpeta.",
        "Buenos días a todos",
        "¿Qué tal?",
        "¡De nada!",
        "Puedo hacerlo yo",
        "Hay alguien en la puerta",
        "Puedes dejarlo así",
        "Sí, por favor",
        "¡Qué bien ha quedado!",
        "sí",
        "?",
    ),
}
FORMS = (
    ("de", "danke, das hilft", Form.THANKS),
    ("de", "ah super, vielen Dank", Form.THANKS),
    ("de", "läuft wieder", Form.SOLVED),
    ("de", "hat sich erledigt", Form.NEVER_MIND),
    ("de", "Moin zusammen", Form.GREETING),
    ("de", "noch niemand?", Form.AGAIN),
    ("de", "ja, mach ich", Form.AGREES),
    ("de", "nein, leider nicht", Form.DENIES),
    ("fr", "merci, ça m'aide", Form.THANKS),
    ("fr", "ah super, un grand merci", Form.THANKS),
    ("fr", "ça marche maintenant", Form.SOLVED),
    ("fr", "laisse tomber", Form.NEVER_MIND),
    ("fr", "bonjour à toutes et à tous", Form.GREETING),
    ("fr", "toujours personne ?", Form.AGAIN),
    ("fr", "oui, je m'en occupe", Form.AGREES),
    ("fr", "non, désolée", Form.DENIES),
    ("es", "gracias, me sirve", Form.THANKS),
    ("es", "ah genial, mil gracias", Form.THANKS),
    ("es", "ya funciona", Form.SOLVED),
    ("es", "déjalo", Form.NEVER_MIND),
    ("es", "hola a todos y todas", Form.GREETING),
    ("es", "¿alguna novedad?", Form.AGAIN),
    ("es", "sí, me encargo", Form.AGREES),
    ("es", "no, lo siento", Form.DENIES),
)
NEITHER_SOLVED_NOR_THANKS = (
    ("de", "es hat noch nicht funktioniert"),
    ("de", "ich habe ihn nicht gefunden"),
    ("de", "Kannst du mir die Datei schicken? Danke im Voraus!"),
    ("fr", "ça n'a pas marché"),
    ("fr", "n'oublie pas la clé"),
    ("fr", "Peux-tu m'envoyer le fichier ? Merci d'avance !"),
    ("es", "todavía no funciona"),
    ("es", "no lo encuentro"),
    ("es", "¿Me mandas el archivo? ¡Gracias de antemano!"),
)


@pytest.mark.parametrize(("language", "text"), [(language, text) for language in ASKS for text in ASKS[language]])
def test_asks(language: str, text: str) -> None:
    assert reading.read(text, language).asks


@pytest.mark.parametrize(("language", "text"), [(language, text) for language in NO_ASKS for text in NO_ASKS[language]])
def test_does_not_ask(language: str, text: str) -> None:
    assert not reading.read(text, language).asks


@pytest.mark.parametrize(("language", "text", "form"), FORMS)
def test_forms(language: str, text: str, form: Form) -> None:
    assert reading.read(text, language).form & form


@pytest.mark.parametrize(("language", "text"), NEITHER_SOLVED_NOR_THANKS)
def test_what_only_looks_like_an_end_closes_nothing(language: str, text: str) -> None:
    read = reading.read(text, language)
    assert not read.thanks
    assert not read.solved
    assert not read.never_mind


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "wer bucht die Räume?", "Raum gebucht, Buchung folgt"),
        ("fr", "qui réserve les salles ?", "la salle est réservée"),
        ("es", "¿quién reserva las salas?", "la sala está reservada"),
    ],
)
def test_a_reply_shares_a_rare_word_with_its_question(language: str, one: str, other: str) -> None:
    assert set(reading.read(one, language).rare) & set(reading.read(other, language).rare)


def test_every_language_we_write_in_can_be_read() -> None:
    assert reading.languages() >= {*catalogues.languages(), *catalogues.underway()}


def test_an_unknown_language_is_read_as_english() -> None:
    assert reading.read("could you look at the figures", "pt").asks
