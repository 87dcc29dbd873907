"""Canvas and Moodle: submissions and rosters come in, grades go out."""
