"""Every kind of exercise, by the name that a notebook's cell calls it."""

from attention_course.exercises.blanks import Blanks
from attention_course.exercises.card import Card
from attention_course.exercises.choice import Choice
from attention_course.exercises.explain import Explain
from attention_course.exercises.explore import Explore
from attention_course.exercises.numeric import Numeric
from attention_course.exercises.order import Order
from attention_course.exercises.predict import Predict
from attention_course.exercises.question import Question
from attention_course.exercises.shapes import Shapes
from attention_course.exercises.write import Write

KINDS: dict[str, type[Question]] = {
    kind.__name__: kind for kind in (Blanks, Card, Choice, Explain, Explore, Numeric, Order, Predict, Shapes, Write)
}
