"""The course, for nbgrader: which steps a notebook goes through, and why in this order.

Steps without a comment are nbgrader's own, in nbgrader's own order.
"""

from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors as stock

from attention_course.instructor import pages
from attention_course.instructor.changes import refuse_early
from attention_course.instructor.feedback.feedback_page import FeedbackPage
from attention_course.instructor.feedback.hide_keys import HideKeys
from attention_course.instructor.forkserver.execute_forked import ExecuteForked
from attention_course.instructor.grading import wait_for_lock
from attention_course.instructor.grading.ask_for_grade import AskForGrade
from attention_course.instructor.grading.assign_penalties import AssignPenalties
from attention_course.instructor.grading.collect_answers import CollectAnswers
from attention_course.instructor.grading.drop_files import DropFiles
from attention_course.instructor.grading.keep_scores import KeepScores
from attention_course.instructor.grading.offer_comments import OfferComments
from attention_course.instructor.grading.read_submission import ReadSubmission
from attention_course.instructor.grading.require_score import RequireScore
from attention_course.instructor.grading.restore_cells import RestoreCells
from attention_course.instructor.grading.settle_scores import SettleScores
from attention_course.instructor.grading.skip_student_code import SkipStudentCode
from attention_course.instructor.release.clear_traces import ClearTraces
from attention_course.instructor.release.embed_package import EmbedPackage
from attention_course.instructor.release.fold_questions import FoldQuestions
from attention_course.instructor.release.give_ids import GiveIds
from attention_course.instructor.release.give_no_points import GiveNoPoints
from attention_course.instructor.release.guard_questions import GuardQuestions
from attention_course.instructor.release.link_colab import LinkColab
from attention_course.instructor.release.match_points import MatchPoints
from attention_course.instructor.release.seal_keys import SealKeys
from attention_course.instructor.release.take_solutions import TakeSolutions
from attention_course.instructor.release.validate_summary import ValidateSummary
from attention_course.instructor.release.write_cards import WriteCards
from attention_course.instructor.release.write_prompts import WritePrompts
from attention_course.instructor.release.write_starters import WriteStarters
from attention_course.instructor.settling.keep_former import KeepFormer

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "attention-course"

# "at_once": the notebook judges an attempt with a key that is packed, but not secret.
# "after_grading": the key is left out of the release; answers are recorded, and judged when the class is graded.
c.SealKeys.feedback = "at_once"

# What stands in an answer cell in the place of its solution.
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("your code takes the place of this line")'}

# "owner/name" of a public repository on GitHub that holds release/: a release then begins with a link into Colab.
c.LinkColab.repository = ""

# What a late submission loses: "none" or "zero", after the extension that a student has (docs/extensions.md).
c.LateSubmissionPlugin.penalty_method = "none"
# The course total, docs/grades.md: what lessons weigh (those that are not named: their points), how many of the lowest
# are dropped, and which are over though they have no due date, so that whoever handed in nothing has 0 points there.
c.CourseTotal.weights = {}
c.CourseTotal.drop_lowest = 0
c.CourseTotal.closed = []

# What may lie in source/ beside a notebook and is never copied, to release/ or anywhere else.
c.CourseDirectory.ignore = [
    ".*",
    "__pycache__",
    "*.pyc",
    "*.db*",
    "*.sqlite*",
    "*.log",
    "*.bak",
    "*.tmp",
    "*~",
    "feedback",
]

# source/ -> release/
c.GenerateAssignment.preprocessors = [
    ClearTraces,  # first, so that the gradebook keeps no traces either
    GiveIds,  # before SaveCells: the gradebook, too, has the ids that answers are kept by
    FoldQuestions,  # before SealKeys, which takes away what tells a question
    stock.IncludeHeaderFooter,
    stock.InstantiateTests,
    stock.LockCells,
    TakeSolutions,  # before ClearSolutions and SaveCells: the gradebook's question has its key
    stock.ClearSolutions,
    WriteStarters,  # after ClearSolutions, which makes them
    stock.ClearOutput,
    stock.CheckCellMetadata,
    MatchPoints,  # before SaveCells: no gradebook ever counts other points than the tests can give
    GiveNoPoints,  # after MatchPoints: of what is settled so, the gradebook counts nothing
    KeepFormer,  # before SaveCells, which forgets what the gradebook had
    stock.ComputeChecksums,
    stock.SaveCells,
    # After SaveCells: what is changed from here on, the gradebook gives back at grading.
    WritePrompts,  # before SealKeys, which takes away a part of what is asked
    WriteCards,  # before LinkColab, which puts a link into Colab beside each of theirs
    SealKeys,
    GuardQuestions,
    EmbedPackage,  # after SaveCells, too: at grading the instructor's package is used, whatever the notebook carries
    LinkColab,
    ValidateSummary,  # after SaveCells: for the gradebook the summary is no graded cell
    stock.ClearHiddenTests,
    stock.ClearMarkScheme,
    stock.ComputeChecksums,
    stock.CheckCellMetadata,
]

# submitted/ -> autograded/, before anything runs
c.Autograde.exporter_class = ReadSubmission  # reads what is broken in parts
c.Autograde.sanitize_preprocessors = [
    DropFiles,  # first: no file of a student's lies in the folder from here on
    CollectAnswers,  # before ClearOutput: a receipt may be the only copy of an answer
    stock.ClearOutput,
    RestoreCells,  # in the place of DeduplicateIds, OverwriteCells and CheckCellMetadata: it leaves nothing to mend
    stock.OverwriteKernelspec,
    SkipStudentCode,  # after RestoreCells: a cell is the instructor's when its source is
]

# autograded/: run and score
c.Autograde.autograde_preprocessors = [
    ExecuteForked,  # Execute, in processes that need not import torch; --Execute.kernel_name=python3 for a kernel
    RequireScore,  # after Execute and before SaveAutoGrades: it looks at what a cell ended in
    KeepScores,  # after RequireScore, before SaveAutoGrades: what could not be graded keeps the score it had
    SettleScores,  # after KeepScores: of questions that were changed, or are settled in their source
    stock.IgnorePattern,
    ClearMetadataPreprocessor,
    stock.LimitOutput,
    stock.SaveAutoGrades,
    AskForGrade,  # after SaveAutoGrades, which would say that nobody need look at it
    OfferComments,  # after SaveAutoGrades: nbgrader's formgrader then has a comment box for each question
    AssignPenalties,  # in the place of AssignLatePenalties: it knows who has an extension
]

# autograded/ -> feedback/
c.GenerateFeedback.exporter_class = FeedbackPage  # one file that loads nothing from the network
c.GenerateFeedback.preprocessors = [
    stock.GetGrades,
    HideKeys,  # last before the page is made
    CSSHTMLHeaderPreprocessor,
]

# The formgrader's page of a submission, with those comment boxes.
c.HTMLExporter.template_file = str(pages.FOLDER / "formgrader.html.j2")

c.Execute.shutdown_kernel = "immediate"  # a graceful end takes longer than the grading
c.Execute.startup_timeout = 120
# A failed test's traceback with its lines, as Python itself prints it: IPython's own takes longer than all the tests.
c.Execute.extra_arguments = ["--InteractiveShell.xmode=Plain"]
# Of a graded cell, all its tests included. Code of a student's has limits of its own, which are shorter.
c.Execute.timeout = 600
wait_for_lock.install()
refuse_early.install()
