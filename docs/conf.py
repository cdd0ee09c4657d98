"""How the site is built: ``sphinx-build -W docs docs/_build/html``.

The cells of all lessons run during the build. If a cell fails, or writes to standard error, the
build fails. The pages need nothing from outside the site.
"""

import logging
import os
import sys
from hashlib import sha256
from importlib.metadata import version as version_of
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "extensions"))
# Lessons call the command gradcheck. It must be that of this environment, also if the environment
# is not active.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
# Cells run in this environment's Python too, not in another kernel that may be installed. Our
# kernel does not warn at each start that it is not encrypted: its messages stay on this machine.
os.environ["JUPYTER_PATH"] = str(Path(__file__).parent / "jupyter")
logging.getLogger("traitlets").setLevel(logging.WARNING)  # it logs a line for each notebook
# One BLAS thread, like cost-compare; the kernels inherit this setting.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

project = "gradcheck"
release = version_of("gradcheck")
language = "en"
exclude_patterns = ["_build", "extensions", "jupyter"]
highlight_language = "none"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "sphinx.ext.napoleon",
    "command_reference",
    "docstrings",
    "lecture",
    "lesson_notebooks",
    "live_pages",
    "whole_streams",
]

nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 180
nb_execution_in_temp = True  # lessons write files
nb_output_stderr = "error"
nb_merge_streams = True
nb_render_markdown_format = "myst"
nb_code_prompt_show = "Show the {type}"
nb_code_prompt_hide = "Hide the {type}"

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_attr_annotations = False

html_theme = "furo"
html_title = "gradcheck"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_css_files = ["site.css"]
templates_path = ["extensions/templates"]
html_favicon = "_static/favicon.svg"
# MathJax in one file that loads no other file. A Python package brings it, so we need neither Node
# nor two megabytes of minified code in the repository. Only this file of the package (two dozen
# megabytes) goes into the site. Its hash must be that of the file that MathJax released.
MATHJAX_3_2_2 = "d4295dc33744836935c1399feece5159577b34c5c8ffb9f1c6324cd82e03a882"
_package = find_spec("sphinx-mathjax-offline")
if _package is None or _package.origin is None:
    raise ModuleNotFoundError("MathJax is missing; install it with: pip install '.[docs]'")
_mathjax = Path(_package.origin).parent / "static" / "mathjax" / "tex-svg.js"
if sha256(_mathjax.read_bytes()).hexdigest() != MATHJAX_3_2_2:
    raise ValueError(f"{_mathjax} should be the tex-svg.js of MathJax 3.2.2, but its hash differs")
html_static_path = ["_static", str(_mathjax)]
mathjax_path = "tex-svg.js"
# The menu of MathJax offers parts that it would have to load from elsewhere.
mathjax3_config = {"options": {"enableMenu": False}}
