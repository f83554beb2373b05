"""What the server process imports before damaged projects are checked in forks of it."""

import geopandas  # noqa: F401
import openpyxl  # noqa: F401
import pandera.pandas  # noqa: F401
import python_calamine  # noqa: F401

import spm.build.checking
import spm.cli
import spm.deliveries
import spm.disclosure
import spm.statistics  # noqa: F401
import tests.campaign.damage  # noqa: F401
