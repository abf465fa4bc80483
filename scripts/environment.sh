# Makes .venv once and again whenever pyproject.toml or constraints.txt change; sourced by run and test.
# $1 is what to install: "run" (what the program needs) or "test" (that and the tools of the checks).

keykata_stamp() {
    cat "$root/pyproject.toml" "$root/constraints.txt" | cksum
}

keykata_python() {
    for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3 python; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    echo "KeyKata needs Python 3.11 or newer, and none was found." >&2
    echo "Install it, or name it:  PYTHON=/path/to/python3 ./scripts/run" >&2
    return 1
}

keykata_install() {
    python=$(keykata_python) || exit 3
    log="$root/.venv/setup.log"
    echo "Setting up (once; it takes about a minute) ..." >&2
    "$python" -m venv --clear "$root/.venv" </dev/null >&2 || exit 3
    if ! "$root/.venv/bin/python" - "$root" "$1" >"$log" 2>&1 <<'PYTHON'
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

root, extent = Path(sys.argv[1]), sys.argv[2]
project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
wanted = list(project["dependencies"])
if extent == "test":
    wanted += [*project["optional-dependencies"]["dev"], "hatchling"]
pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "-c", str(root / "constraints.txt")]
subprocess.run([*pip, *wanted], check=True, stdin=subprocess.DEVNULL)
Path(sysconfig.get_path("purelib"), "keykata.pth").write_text(f"{root / 'app'}\n", encoding="utf-8")
PYTHON
    then
        tail -n 15 "$log" >&2
        echo "Setting up failed; the whole record is in .venv/setup.log. Try again when the network is there." >&2
        exit 3
    fi
    keykata_compile
    printf '%s\n' "$stamp" >"$root/.venv/stamp-$1"
    if [ "$1" = test ]; then printf '%s\n' "$stamp" >"$root/.venv/stamp-run"; fi
    echo "Ready." >&2
}

# As pip does for what it installs: where PYTHONDONTWRITEBYTECODE is set, a start would compile every module.
keykata_compile() {
    "$root/.venv/bin/python" -m compileall -q "$root/app/keykata" >&2 || true
}

keykata_environment() {
    stamp=$(keykata_stamp)
    have=
    [ -r "$root/.venv/stamp-$1" ] && read -r have <"$root/.venv/stamp-$1"
    [ "$have" = "$stamp" ] || keykata_install "$1"
}
