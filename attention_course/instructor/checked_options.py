"""CheckedOptions: what an instructor configures wrongly is said in one sentence."""

import re
import sys
from typing import Any

from traitlets import TraitError
from traitlets.config import Config, LoggingConfigurable

TRAIT = re.compile(r"[Tt]he '(\w+)' trait of an? (\w+) instance")  # how traitlets names an option


class CheckedOptions(LoggingConfigurable):
    """A step or plugin of nbgrader that ends the command, with exit code 1, where it is configured wrongly."""

    explained_in = "course_config.py"

    def _load_config(self, cfg: Config, section_names: Any = None, traits: Any = None) -> None:
        """Take the configuration; of a name that is no option's traitlets itself would only warn."""
        try:
            self._check_names(cfg)
            super()._load_config(cfg, section_names, traits)
        except TraitError as error:
            sentence = TRAIT.sub(r"\2.\1", str(error)).rstrip(".")
            self.log.error("%s: see %s.", sentence, self.explained_in)
            sys.exit(1)

    def _check_names(self, cfg: Config) -> None:
        known = self.traits(config=True)
        for name, value in self._find_my_config(cfg).items():
            if name not in known and not isinstance(value, Config):
                options = ", ".join(sorted(known))
                raise TraitError(f"{type(self).__name__} has no option {name!r}, only {options}")
