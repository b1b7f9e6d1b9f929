"""Thanks, praise and credit in the languages beside English; every sentence is made up."""

import pytest

from service.efforts import reading

THANKS = {
    "de": (
        "Danke, dass du gestern eingesprungen bist",
        "Vielen lieben Dank für die Hilfe beim Umzug",
        "Herzlichen Dank an Jana für die Notizen",
        "Super Arbeit mit dem Bericht",
        "Das hat mir echt geholfen, danke",
        "Ich bin euch so dankbar für gestern",
        "Großes Lob an das Team für die Übergabe",
        "Ich danke Ihnen für die schnelle Durchsicht",
        "Dank dir habe ich eine Stunde gespart",
        "Klasse gemacht!",
    ),
    "fr": (
        "Merci d'avoir pris ma garde hier",
        "Un grand merci pour le déménagement",
        "Mille mercis à Jana pour les notes",
        "Super travail sur le rapport",
        "Ça m'a vraiment aidé, merci",
        "Je te suis très reconnaissante pour hier",
        "Chapeau à l'équipe pour la relève",
        "Je vous remercie de votre relecture rapide",
        "Grâce à toi j'ai gagné une heure",
        "Bien joué !",
    ),
    "es": (
        "Gracias por cubrirme ayer",
        "Mil gracias por ayudar con la mudanza",
        "Muchísimas gracias a Ana por las notas",
        "Gran trabajo con el informe",
        "Me ayudó muchísimo, gracias",
        "Os estoy muy agradecida por lo de ayer",
        "Enhorabuena al equipo por el relevo",
        "Le agradezco la revisión tan rápida",
        "Gracias a ti me ahorré una hora",
        "¡Bien hecho!",
    ),
}
NONE = {
    "de": (
        "Danke im Voraus!",
        "Kannst du das bitte übernehmen? Danke",
        "Nein danke",
        "Gott sei Dank ist es vorbei",
        "Die Dankesrede war lang",
        "Ich muss mich noch bedanken",
        "Dank des Regens fällt es aus",
        "Hast du dich schon bedankt?",
        "Bitte Müll rausbringen, danke!",
        "Die Arbeit ist fertig",
    ),
    "fr": (
        "Merci d'avance",
        "Tu peux le prendre ? Merci",
        "Non merci",
        "Dieu merci c'est fini",
        "Le discours de remerciement était long",
        "Il faut encore que je le remercie",
        "Est-ce que tu l'as remercié ?",
        "Merci de sortir les poubelles",
        "Merci de bien vouloir confirmer",
        "Le travail est fini",
    ),
    "es": (
        "Gracias de antemano",
        "¿Lo puedes coger tú? Gracias",
        "No, gracias",
        "Gracias a Dios se acabó",
        "El discurso de agradecimiento fue largo",
        "Todavía hay que darle las gracias",
        "¿Ya le has dado las gracias?",
        "Por favor, sacad la basura, gracias",
        "Me hace gracia",
        "El trabajo está terminado",
    ),
}


@pytest.mark.parametrize(("language", "text"), [(language, text) for language in THANKS for text in THANKS[language]])
def test_thanks(language: str, text: str) -> None:
    assert reading.thanked(text, language)


@pytest.mark.parametrize(("language", "text"), [(language, text) for language in NONE for text in NONE[language]])
def test_none(language: str, text: str) -> None:
    assert reading.thanked(text, language) is None
