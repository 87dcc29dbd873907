"""NoLock: why a process cannot be locked in here."""


class NoLock(Exception):
    """The system lacks what a lock is made of, or refuses it; the message is a part of a sentence."""
