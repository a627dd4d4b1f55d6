# mujib: the commands of every day. `make run` and `make test` need a Rust toolchain and Node.js 20 only.

CARGO ?= cargo
LISTEN ?= 127.0.0.1:8080
# What the evaluation sets reached when the floors were last raised; they must not fall.
FLOORS = --floor all=98 --floor answer=97 --floor followup=95 --floor refuse=97 --floor emergency=100 \
         --floor personal=100 --floor smalltalk=100
HELD_OUT_FLOORS = --floor all=93 --floor answer=89 --floor followup=97 --floor refuse=97 --floor emergency=100 \
         --floor personal=100 --floor smalltalk=100
UNSEEN_FLOORS = --floor all=95 --floor answer=94 --floor followup=85 --floor refuse=97 --floor emergency=100 \
         --floor personal=100 --floor smalltalk=100
FRESH_FLOORS = --floor all=95 --floor answer=94 --floor followup=95 --floor refuse=95 --floor emergency=100 \
         --floor personal=95 --floor smalltalk=100
# Points of a hundred that other spellings of the same questions may lose.
SPELLING_LOSSES = --loss 3 --loss typo=4 --loss space=5 --loss latin=11 --loss all=3 --floor emergency=90

WEB_SOURCES = $(shell find web -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' -not -path 'web/tests/*')

.PHONY: run build test check-rust test-rust test-knowledge test-web web bench semantic peers screenshots fmt clean

## run: build what is needed and serve at http://$(LISTEN)
run: web
	$(CARGO) run --release --locked -- serve --listen $(LISTEN)

## build: the release binary, with the web pages in it
build: web
	$(CARGO) build --release --locked

## test: format, lints, documentation, Rust tests, knowledge, its evaluation and spellings, browser tests
test: check-rust test-rust test-knowledge test-web

check-rust: web
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --no-deps --document-private-items

test-rust: web
	$(CARGO) test --locked

test-knowledge:
	$(CARGO) run --locked -- check
	$(CARGO) run --locked -- evaluate tests/questions/*.jsonl $(FLOORS)
	$(CARGO) run --locked -- evaluate tests/questions/held-out/*.jsonl $(HELD_OUT_FLOORS)
	$(CARGO) run --locked -- evaluate tests/questions/unseen/*.jsonl $(UNSEEN_FLOORS)
	$(CARGO) run --locked -- evaluate tests/questions/fresh/*.jsonl $(FRESH_FLOORS)
	$(CARGO) run --locked -- evaluate --spellings tests/questions/*.jsonl $(SPELLING_LOSSES)

test-web: web
	./web/tests/install-browser
	$(CARGO) build --locked
	cd web && npm test

web/node_modules/.package-lock.json: web/package.json web/package-lock.json $(wildcard web/*/package.json)
	cd web && npm ci --no-audit --no-fund

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES) docs/console-openapi.json
	cd web && npm run build
	@touch $@

## web: the widget, the console and the pages, into web/dist; fails if one grows too large, or if the console's
## types are not those of its interface
web: web/dist/index.html

## bench: speed and memory, beside a bare echo server in the same run
bench:
	$(CARGO) bench --locked

## semantic: what the optional semantic signal adds, with a real embedding server (needs Python; the first run
## embeds the knowledge, which takes minutes); SETS are folders of labelled questions
SETS ?= tests/questions tests/questions/held-out
semantic: build
	tests/semantic-gain target/release/mujib target/semantic $(SETS)

## peers: other systems on our own knowledge and questions, ours beside them; PEERS is the folder they are run from
## (a run.sh and a report.py), SET_PAIRS and SET_QUERIES another set to compare on
peers: build
	@test -n "$(PEERS)" || { echo "say where the peers are: make peers PEERS=folder" >&2; exit 1; }
	nice -n 15 tests/peers/compare target/release/mujib $(PEERS) \
		target/peers/$(or $(notdir $(basename $(SET_PAIRS))),own) $(SET_PAIRS) $(SET_QUERIES)

## screenshots: the page, the widget and the console, wide and small, light and dark, into target/screenshots
screenshots: web
	./web/tests/install-browser
	$(CARGO) build --locked
	cd web && npm run screenshots

fmt:
	$(CARGO) fmt

clean:
	$(CARGO) clean
	rm -rf index data web/node_modules web/dist
