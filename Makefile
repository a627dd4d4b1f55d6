# mujib: the commands of every day. `make run` and `make test` need a Rust toolchain and Node.js only.

CARGO ?= cargo
LISTEN ?= 127.0.0.1:8080
# What the evaluation sets reached when the floors were last raised; they must not fall.
FLOORS = --floor all=96 --floor answer=95 --floor followup=95 --floor refuse=95 --floor emergency=100 \
         --floor personal=100 --floor smalltalk=100
HELD_OUT_FLOORS = --floor all=81 --floor answer=73 --floor followup=93 --floor refuse=91 --floor emergency=100 \
         --floor personal=92 --floor smalltalk=83

.PHONY: run build test check-rust test-rust test-knowledge test-web web bench semantic screenshots fmt clean

## run: build what is needed and serve at http://$(LISTEN)
run:
	$(CARGO) run --release --locked -- serve --listen $(LISTEN)

## build: the release binary
build:
	$(CARGO) build --release --locked

## test: format, lints, documentation, Rust tests, knowledge and its evaluation, browser tests
test: check-rust test-rust test-knowledge test-web

check-rust:
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --no-deps --document-private-items

test-rust:
	$(CARGO) test --locked

test-knowledge:
	$(CARGO) run --locked -- check
	$(CARGO) run --locked -- evaluate tests/questions/*.jsonl $(FLOORS)
	$(CARGO) run --locked -- evaluate tests/questions/held-out/*.jsonl $(HELD_OUT_FLOORS)

test-web: web/node_modules/.package-lock.json
	./web/tests/install-browser
	$(CARGO) build --locked
	cd web && npm test

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund

## web: what the pages' tests need
web: web/node_modules/.package-lock.json

## bench: speed and memory, beside a bare echo server in the same run
bench:
	$(CARGO) bench --locked

## semantic: what the optional semantic signal adds, with a real embedding server (needs Python; the first run
## embeds the knowledge, which takes minutes); SETS are folders of labelled questions
SETS ?= tests/questions tests/questions/held-out
semantic: build
	tests/semantic-gain target/release/mujib target/semantic $(SETS)

## screenshots: the chat page, wide and phone, Arabic and Persian, into target/screenshots
screenshots: web
	./web/tests/install-browser
	$(CARGO) build --locked
	cd web && npm run screenshots

fmt:
	$(CARGO) fmt

clean:
	$(CARGO) clean
	rm -rf index data web/node_modules
