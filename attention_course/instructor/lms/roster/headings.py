"""What a roster's columns may be called: nbgrader's words, then Moodle's and spreadsheets', in four languages."""

import unicodedata
from collections.abc import Sequence

USERNAME = (
    *("username", "user name", "login", "benutzername", "anmeldename", "nutzername"),
    *("nom d'utilisateur", "identifiant", "nombre de usuario", "usuario"),
)
ID_NUMBER = (
    *("id number", "student number", "id-nummer", "matrikelnummer", "matrikel-nr.", "matr.-nr."),
    *("numéro d'identification", "numéro d'étudiant", "número de id", "matrícula"),
)
EMAIL = (
    *("email", "email address", "e-mail", "e-mail address", "mail", "e-mail-adresse", "email-adresse"),
    *("adresse de courriel", "courriel", "adresse e-mail", "adresse électronique"),
    *("dirección de correo", "dirección email", "dirección de correo electrónico", "correo electrónico", "correo"),
)
HEADINGS: dict[str, Sequence[str]] = {
    "id": ("id", "student id", *USERNAME, *ID_NUMBER, *EMAIL),
    "first": ("first name", "firstname", "given name", "vorname", "vorname(n)", "prénom", "nombre(s)"),
    "last": (
        *("last name", "lastname", "surname", "family name", "nachname", "familienname", "nom de famille"),
        *("apellido(s)", "apellidos", "apellido"),
    ),
    "full": ("full name", "student", "vollständiger name", "nom complet", "nombre completo"),
    "email": EMAIL,
    "canvas": ("lms user id", "lms id", "canvas id"),
    "moodle": ("participant", "identifier"),
}
# In Canvas's own gradebook export "ID" is Canvas's number, and not what a student logs in with.
CANVAS_HEADINGS = HEADINGS | {
    "id": ("sis login id", "sis user id", "id"),
    "canvas": ("id",),
    "email": ("sis login id",),
}
# Whatever stands in one of these columns tells one student from another.
TELLING = ("id", "student id", *USERNAME, *ID_NUMBER, "sis login id", "sis user id", *HEADINGS["canvas"])
# These mean a first, a last or a full name: what the other columns leave.
ONE_NAME = ("name", "nom", "nombre")


def plain(heading: str) -> str:
    """Return a heading without what differs between two ways of writing it."""
    heading = unicodedata.normalize("NFC", heading).casefold().replace("’", "'")
    return " ".join(heading.replace("_", " ").replace("-", " ").split())


def columns_by_meaning(headings: Sequence[str], of_canvas: bool = False) -> dict[str, list[str]]:
    """Return, by what they mean, the headings that are known, the best first."""
    columns = {plain(heading): heading for heading in headings}
    meanings = CANVAS_HEADINGS if of_canvas else HEADINGS
    known = {meaning: [columns[plain(w)] for w in words if plain(w) in columns] for meaning, words in meanings.items()}
    one_name = [columns[word] for word in ONE_NAME if word in columns]
    if known["last"] and not known["first"] and not known["full"]:
        known["first"] += one_name
    elif known["first"] and not known["last"]:
        known["last"] += one_name
    else:
        known["full"] += one_name
    return known
