from service.asks import linking, reading, windows

KEY = b"a place's own key"
ANN, BEN, CAT = 1, 2, 3


def turn(at: float, author: int, text: str, *named: int) -> windows.Turn:
    return windows.turn(reading.read(text), at, author, named, KEY)


def test_a_reply_that_names_the_asker_answers_the_ask() -> None:
    window = linking.Window()
    window.hear(turn(0.0, ANN, "could you look at the figures?", BEN), watch=True)
    assert window.unanswered(0.0) > 0.9
    heard = window.hear(turn(60.0, BEN, "yes, they are fine", ANN))
    assert [answer.at for answer in heard.answered] == [60.0]
    assert window.unanswered(0.0) < 0.5


def test_a_deleted_reply_opens_the_ask_again() -> None:
    window = linking.Window()
    window.hear(turn(0.0, ANN, "could you look at the figures?", BEN), watch=True)
    window.hear(turn(60.0, BEN, "yes, they are fine", ANN))
    assert window.take_out(60.0).reopened == (0.0,)
    assert window.unanswered(0.0) > 0.9
