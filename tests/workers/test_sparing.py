import logging

from workers.sparing import Sparing


def line(words: str, level: int = logging.ERROR) -> logging.LogRecord:
    trace = (ValueError, ValueError("x"), None)
    return logging.LogRecord("celery.beat", level, "beat.py", 1, words, ("job",), trace)


def test_trouble_is_said_once_a_minute_for_each_kind_and_without_its_trace():
    seconds = 0.0
    spares = Sparing(lambda: seconds)
    first = line("Message Error: %s")
    assert (spares.filter(first), first.exc_info) == (True, None)
    assert not spares.filter(line("Message Error: %s"))
    assert spares.filter(line("Connection refused: %s"))
    seconds = 60.0
    assert spares.filter(line("Message Error: %s"))


def test_what_is_no_trouble_is_said_each_time():
    spares = Sparing(lambda: 0.0)
    assert [spares.filter(line("beat: %s", logging.INFO)) for _ in range(2)] == [True, True]
