"""What nbgrader has to know in the servers of students and instructors, whichever their courses are."""

import os

from nbgrader.auth import JupyterHubAuthPlugin

c = get_config()  # noqa: F821

c.Exchange.root = os.environ["NBGRADER_EXCHANGE"]
c.Exchange.path_includes_course = True  # two courses may have a lesson of the same name
c.Authenticator.plugin_class = JupyterHubAuthPlugin  # the panel lists the courses of the person's groups
