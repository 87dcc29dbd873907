"""The old name of `example_heads`, which notebooks released before version 0.2 import."""

from attention_course.pictures.example_heads import example_heads as toy_heads

__all__ = ["toy_heads"]
