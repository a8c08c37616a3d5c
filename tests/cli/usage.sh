#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Help, and wrong use. Sourced by run.

manual=${tree:?}/userspace/data/man/suitctl.1
completion=$tree/userspace/data/completions/bash/suitctl

suitctl --help > help
commands=$(awk '/^For/ { on = 1; next } /^Exit/ { on = 0 } on && NF { print $1 }' help)

try 0 'For the author' 'suitctl --help' suitctl --help
try 0 'suitctl ' 'suitctl --version' suitctl --version
try 2 'Usage: suitctl COMMAND' 'no command' suitctl
is 'no command: nothing on standard output' test ! -s out
is '24 commands' test "$(echo "$commands" | wc -w)" = 24

for command in $commands; do
	try 0 'Examples:' "$command --help has examples" suitctl "$command" --help
	is "$command --help says how" grep -q "^Usage: suitctl $command" out
	is "$command --help is no wider than a terminal" \
		test -z "$(expand out | grep -E '.{81}')"
	try 2 "Try: suitctl $command --help" "$command --no-such-option" \
		suitctl "$command" --no-such-option
	is "the manual page has $command" \
		grep -Eq "^\.(It )?Cm $command( |\$)" "$manual"
done

# An option that is in one of help and manual page is in both.
for command in $commands; do
	suitctl "$command" --help
done > helps
grep -oE -- '(^|[^[:alnum:]-])--[[:alnum:]][[:alnum:]-]*' helps |
	grep -oE -- '--.*' | sort -u > in_help
grep -oE '(Fl |, )-[[:alnum:]-]+' "$manual" | sed 's/.* -/--/' | sort -u |
	grep -vx -e --help > in_manual
while IFS= read -r option; do
	is "the manual page has $option" grep -qx -- "$option" in_manual
done < in_help
while IFS= read -r option; do
	is "a help has $option" grep -qx -- "$option" in_help
done < in_manual

# The completion has every command, and no other.
# shellcheck disable=SC2016 # expands in bash
completed=$(bash -c '. "$0"; COMP_WORDS=(suitctl ""); COMP_CWORD=1; _suitctl
	echo "${COMPREPLY[@]}"' "$completion")
is 'bash completes the commands' test "$(echo "$completed" | tr ' ' '\n' | sort)" = \
	"$(printf '%s\n' "$commands" --help --version | sort)"
# shellcheck disable=SC2016
completed=$(bash -c '. "$0"; COMP_WORDS=(suitctl create --pay); COMP_CWORD=2; _suitctl
	echo "${COMPREPLY[@]}"' "$completion")
is 'bash completes an option' test "$completed" = --payload

try 2 'did you mean verify?' 'verfy' suitctl verfy
try 2 'did you mean create?' 'crate' suitctl crate
try 2 'did you mean status?' 'sta' suitctl sta
try 2 'there is no command "frobnicate"' 'frobnicate' suitctl frobnicate
is 'nothing resembles frobnicate' test -z "$(grep mean err)"
try 2 'there is no command "x\x1b[31m\xff"' 'a command that drives the terminal' \
	suitctl "$(printf 'x\033[31m\377')"
try 2 'there is no command ""' 'an empty command' suitctl ''

try 2 'which algorithm?' 'keygen without --alg' suitctl keygen -o x.pem
try 2 'where to?' 'keygen without -o' suitctl keygen --alg esp256
try 2 'which component?' 'create without --component' suitctl create -o x
try 2 'which file?' 'create without --payload' \
	suitctl create --component firmware/x -o x
try 2 'which sequence number?' 'create without --seq' \
	suitctl create --component firmware/x --payload x -o x
try 2 'where to?' 'create without -o' suitctl create --from x
try 2 'say it there' 'create --from with more' suitctl create --from x --seq 1 -o x
try 2 '--uri and --integrated' 'create --uri --integrated' suitctl create \
	--component firmware/x --payload x --seq 1 --uri u --integrated -o x
try 2 'both want standard output' 'create --json -o -' \
	suitctl create --from x --json -o -
try 2 'with which key?' 'sign without -k' suitctl sign x.suit
try 2 'expected one envelope' 'sign without an envelope' suitctl sign -k x
try 2 'where to?' 'sign - without -o' suitctl sign -k x -
try 2 'which folder?' 'bless without a folder' suitctl bless -o x
try 2 'where to?' 'bless without -o' suitctl bless .
try 2 'expected one envelope' 'show of two' suitctl show a b
try 2 'whom to believe?' 'verify without --trust' suitctl verify x.suit
try 2 'Try: suitctl load --help' 'load of nothing' suitctl load
try 2 'use suitctl seal' 'mode sealed' suitctl mode sealed
is 'wrong use writes nothing' test -z "$(find . -name 'x*')"

suitctl --help > /dev/full 2> err
is 'a full disk behind standard output' test $? = 2
