"""The lesson `test`: items in a bank, sittings of ten, and what they tell. Packed where a lesson imports it."""

from attention_course.bank.sitting import Sitting

__all__ = ["Sitting"]
