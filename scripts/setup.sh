# Sourced by ./run and ./test: installs what is missing where it can, else says what to install.

say() { printf '\n== %s (after %s s)\n' "$*" "$SECONDS"; }

missing() {
    printf 'Missing: %s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

may_install() {
    command -v "$1" > /dev/null && { [ "$(id -u)" = 0 ] || command -v sudo > /dev/null; }
}

# Packages as apt-get, dnf and brew name them; one argument may name several.
install() {
    if may_install apt-get; then
        as_root apt-get update -qq
        # shellcheck disable=SC2086
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $1
    elif may_install dnf; then
        as_root dnf install -y -q "$2"
    elif command -v brew > /dev/null; then
        brew install --quiet "$3"
    else
        missing "install it with your system's packages: $1 (Debian, Ubuntu), $2 (Fedora, Red Hat), $3 (Homebrew)"
    fi
}

# The places where src/db/cluster.rs looks.
has_postgresql() {
    local initdb
    for initdb in "$(command -v initdb)" /usr/lib/postgresql/*/bin/initdb /usr/*/bin/initdb \
        /opt/homebrew/opt/*/bin/initdb /usr/local/opt/*/bin/initdb; do
        if [ -x "$initdb" ]; then return; fi
    done
    return 1
}

need_rust() {
    say "Rust 1.95 or newer"
    if ! command -v cargo > /dev/null && [ -f "$HOME/.cargo/env" ]; then . "$HOME/.cargo/env"; fi
    command -v cargo > /dev/null || missing "Rust: install rustup (https://rustup.rs), then 'rustup default stable'"
    cargo --version
    say "a C compiler, for the cryptography"
    # Debian's compiler alone cannot compile: the C library's headers come apart from it.
    command -v cc > /dev/null || install "gcc libc6-dev" gcc gcc
}

need_postgresql() {
    say "PostgreSQL's server binaries"
    has_postgresql || install postgresql postgresql-server postgresql
    has_postgresql || missing "PostgreSQL's server: initdb and pg_ctl are in no usual place nor in PATH"
}

need_node() {
    say "Node 20.19 or newer, for the linters of the document"
    command -v npm > /dev/null || install "nodejs npm" "nodejs npm" node
    node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' \
        || missing "Node 20.19 or newer; this is $(node --version): https://nodejs.org"
    node --version
}

# Where playwright, which brings no browser along, is to look.
need_chromium() {
    say "Chromium, for the explorer"
    has_chromium || install chromium chromium chromium
    has_chromium || missing "Chromium: it is in no usual place nor in PATH; CHROMIUM may name it"
    "$CHROMIUM" --version
}

has_chromium() {
    local browser
    for browser in "${CHROMIUM:-}" "$(command -v chromium)" "$(command -v chromium-browser)" "$(command -v google-chrome)" \
        /Applications/Chromium.app/Contents/MacOS/Chromium; do
        if [ -x "$browser" ]; then
            export CHROMIUM="$browser"
            return
        fi
    done
    return 1
}

need_python() {
    say "Python 3.11 or newer, for the client made of the document"
    command -v python3 > /dev/null || install "python3 python3-venv" python3 python3
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
        || missing "Python 3.11 or newer; this is $(python3 --version): https://www.python.org"
    python3 -c 'import ensurepip, venv' 2> /dev/null || install python3-venv python3 python3
    python3 --version
}
