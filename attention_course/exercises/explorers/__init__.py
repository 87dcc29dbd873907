"""Explorers: pictures that can be moved. The page draws them (`page/js/explorers/`); here is what a state says.

An explorer is a file here and one of the same name there, with a line in `EXPLORERS` here and there. Its state is plain
JSON: where its sliders and boxes stand, never what follows from them.
"""

from attention_course.exercises.explorers.cost import Cost
from attention_course.exercises.explorers.explorer import AskingExplorer, Explorer, State
from attention_course.exercises.explorers.hull import Hull
from attention_course.exercises.explorers.mask import Mask
from attention_course.exercises.explorers.position import Position
from attention_course.exercises.explorers.scale import Scale
from attention_course.exercises.explorers.tape import Tape

EXPLORERS: dict[str, Explorer] = {
    "hull": Hull(),
    "scale": Scale(),
    "mask": Mask(),
    "tape": Tape(),
    "position": Position(),
    "cost": Cost(),
}

__all__ = ["EXPLORERS", "AskingExplorer", "Explorer", "State"]
