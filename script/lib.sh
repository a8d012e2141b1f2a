# What the scripts share. Sourced, never run.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

# A program from elsewhere stands for the package of that name.
is_there() {
    case "$1" in
    nodejs) command -v node >/dev/null && return ;;
    npm) command -v npm >/dev/null && return ;;
    default-jre-headless) command -v java >/dev/null && return ;;
    esac
    dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed
}

names_in() { sed -n 's/^\([a-z0-9][^ ]*\).*/\1/p' "$@"; }

# install_missing FILE…: installs the packages named in those lists that are not there. False,
# with what to do about it, when that is not possible.
install_missing() {
    local missing=() name
    for name in $(names_in "$@"); do
        is_there "$name" || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing: ${missing[*]}"
    # The lists of packages may be old or not there: then they are fetched first.
    as_root apt-get update -qq >&2 &&
        as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 || {
        say "could not install them; as root: apt-get update && apt-get install ${missing[*]}"
        return 1
    }
}

# newer_than STAMP: true when something the program is made from is newer than STAMP, or there is
# no STAMP.
newer_than() {
    [ -e "$1" ] || return 0
    [ -n "$(cd "$root" && find base cli config content exchange indexer script store web \
        configure.ac Makefile.am -type f -newer "$1" -print -quit)" ]
}

# build FOLDER CONFIGURE-OPTIONS…: configures when needed and builds.
build() {
    local folder=$1
    shift
    mkdir -p "$folder"
    if [ ! -x "$root/configure" ] || [ "$root/configure.ac" -nt "$root/configure" ]; then
        say "making ./configure"
        "$root/script/bootstrap"
    fi
    if [ ! -e "$folder/Makefile" ] || [ "$root/configure" -nt "$folder/Makefile" ]; then
        say "configuring"
        (cd "$folder" && "$root/configure" -q "$@") >&2
    fi
    say "building"
    make -s -C "$folder" -j"$(nproc)" >&2
}
