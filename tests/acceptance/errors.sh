#!/usr/bin/env bash
# Every failure gives one line on standard error saying what and where, its exit code, and leaves no partial output.
exec bash "$(dirname "${BASH_SOURCE[0]}")/../tool/errors_test.sh"
