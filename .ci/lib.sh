# Shared by .ci/run and .ci/full: steps, missing packages, and a chapter in a browser.
# To be sourced by a bash script that runs with set -euo pipefail in the checkout's top.

top=$PWD
out=$top/.ci/out            # screenshots and logs; git ignores it
work=$(mktemp -d)           # gone at the end
lab_pid= lab_url=
mkdir -p "$out"

# An empty cache for every run: nb.Once trains, the kernel and JupyterLab are made,
# as on a newcomer's machine.
export CREDENCE_CACHE=$work/cache
export CREDENCE_PRISTINE=1  # exercises/ must be untouched

clean_up() {
	stop_lab
	chmod -R u+w "$work" 2>/dev/null || true
	rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '\n=== %s  [%dm%02ds]\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }

# step NAME COMMAND… runs a step, remembers whether it failed, and goes on.
steps=() failed=0
step() {
	local name=$1 begin=$SECONDS status=ok
	shift
	say "$name"
	set +e # not "if ! (…)": a condition would switch -e off inside, too
	(set -e; "$@")
	if (($? != 0)); then status=FAILED failed=1; fi
	set -e
	steps+=("$(printf '%-6s %4ds  %s' "$status" $((SECONDS - begin)) "$name")")
}

# summary prints all steps and returns 1 if one failed.
summary() {
	printf '\n--- summary\n'
	printf '%s\n' "${steps[@]}"
	return "$failed"
}

# install PACKAGE… installs Debian packages that are missing.
install() {
	local root=()
	if [ "$(id -u)" != 0 ]; then root=(sudo -n); fi
	if ! command -v apt-get >/dev/null; then
		echo "missing: $*; there is no apt-get here, so install them by hand" >&2
		return 1
	fi
	echo "installing $*"
	"${root[@]}" apt-get update -qq
	"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# tools_for_browser makes sure of Python with venv, Chromium, Node and playwright-core.
tools_for_browser() {
	local missing=()
	python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3 python3-venv)
	command -v chromium >/dev/null || missing+=(chromium)
	command -v node >/dev/null || missing+=(nodejs)
	command -v npm >/dev/null || missing+=(npm)
	if ((${#missing[@]})); then install "${missing[@]}"; fi
	CHROMIUM=$(command -v chromium)
	export CHROMIUM
	cp .ci/browser/{*.json,*.mjs} "$work/"
	(cd "$work" && npm_config_cache=$work/npm npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
}

# start_lab starts JupyterLab as the README says and sets lab_url.
start_lab() {
	local log begin=$SECONDS
	log=$(mktemp "$out/lab-XXXXXX.log") # its own: the one before may still be writing
	go run ./cmd/credence lab --no-browser >"$log" 2>&1 &
	lab_pid=$!
	until lab_url=$(grep -aom1 'http://127.0.0.1:[0-9]*/lab[^ ?]*?token=[A-Za-z0-9]*' "$log"); do
		if ! kill -0 "$lab_pid" 2>/dev/null; then
			echo "credence lab ended before it served a page:" >&2
			tail -20 "$log" >&2
			lab_pid=
			return 1
		fi
		if ((SECONDS - begin > 900)); then
			echo "credence lab serves no page after 900 s:" >&2
			tail -20 "$log" >&2
			return 1
		fi
		sleep 0.5
	done
	echo "JupyterLab serves after $((SECONDS - begin)) s"
}

# stop_lab ends JupyterLab as Ctrl-C would, and fails if it still answers.
stop_lab() {
	if [ -z "$lab_pid" ]; then return 0; fi
	kill "$lab_pid" 2>/dev/null || true
	wait "$lab_pid" 2>/dev/null || true
	lab_pid=
	local host=${lab_url#http://} i
	host=${host%%/*}
	for ((i = 0; i < 40; i++)); do
		if ! (exec 3<>"/dev/tcp/${host%:*}/${host#*:}") 2>/dev/null; then return 0; fi
		sleep 0.25
	done
	echo "JupyterLab still answers 10 s after credence lab was stopped" >&2
	return 1
}

# chapters_in_browser NAME… opens each notebook in JupyterLab and runs all its cells.
chapters_in_browser() {
	local name status=0
	trap stop_lab EXIT # a step is a subshell: it cleans up after itself
	rm -f "$out"/*.png "$out"/*.log
	tools_for_browser
	start_lab
	for name; do
		(cd "$work" && node chapter.mjs "$lab_url" "$name.ipynb" "$out" 300) || status=1
	done
	stop_lab || status=1
	return "$status"
}

# clean_checkout BEFORE fails if a step changed what git tracks.
clean_checkout() {
	local changed
	changed=$(git status --porcelain --untracked-files=no)
	[ "$changed" = "$1" ] || {
		printf 'the run changed the checkout:\n%s\n' "$changed" >&2
		return 1
	}
}
