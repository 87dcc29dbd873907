"""CollectAnswers: the student's answers, wherever the notebook carries them, go into its metadata."""

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course import record
from attention_course.grading.known_cells import known_cells


class CollectAnswers(NbGraderPreprocessor):
    """Reads the record of attempts from metadata and receipts, and leaves nothing else in the notebook's metadata.

    So widget state goes too, whose stale and broken forms nbconvert cannot read. A record that cannot be used costs its
    own question, and the log says which and why.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Collect the answers of one submission."""
        lesson = resources["nbgrader"]["notebook"]
        records, problems = record.read(nb, lesson)
        asked = {name for name, cell in known_cells(resources).items() if cell.metadata["grade"]}
        for name in sorted((set(records) | set(problems)) - asked - {""}):
            records.pop(name, None)
            problems[name] = f"The notebook holds an answer to {name!r}, which is no question of this lesson."
        for sentence in problems.values():
            self.log.warning("%s, %s: %s", resources["nbgrader"]["student"], lesson, sentence)
        nb.metadata.clear()
        record.write(nb, lesson, records, {name: problems[name] for name in problems if name in asked or not name})
        return nb, resources
