# SPDX-License-Identifier: GPL-2.0-or-later
# A daemon that changes, goes and comes back, while fwupd runs.

# seen_line TEXT LINE: does watch say so?
seen_line()
{
	within grep -qxF -- "$2" watched
	status=$?
	cp watched seen
	result $status "$1"
	: > watched
}

mkfifo input
timeout 60 "$tree/build/plain/watch" "$plugin" < input >> watched 2> err &
watch=$!
exec 3> input
seen_line 'devices are there from the start' '! watching'
state 'v["components"][0]["version"] = "1.2.0"'
seen_line 'another version is seen at once' \
	'= firmware/acme/radio.fw 1.2.0 none updatable'
state 'v["status"]["mode"] = "setup"'
seen_line 'so is a gate that enforces no more' \
	'= firmware/acme/radio.fw 1.2.0 insecure-platform updatable'
state 'v["status"]["mode"] = "enforce"; c = dict(v["components"][0]); c["name"] = "firmware/b"; v["components"].append(c)'
seen_line 'a component that is new' '+ firmware/b 1.2.0 none updatable'
state 'del v["components"][-1]'
seen_line 'one that is gone' '- firmware/b'

mock_stop
seen_line 'without a daemon devices stay, and cannot be updated' \
	'= firmware/acme/radio.fw 1.2.0 unreachable -'
state 'v["components"][0]["version"] = "1.3.0"'
mock_start
seen_line 'when it is back they are as it says' \
	'= firmware/acme/radio.fw 1.3.0 none updatable'
kill -STOP "$mock"
state 'v["components"][0]["version"] = "1.4.0"'
kill -CONT "$mock"
seen_line 'one that hung for a while is heard again' \
	'= firmware/acme/radio.fw 1.4.0 none updatable'
exec 3>&-
wait "$watch"
result $? 'nothing keeps it from ending'

mock_stop
: > watched
mkfifo again
timeout 60 "$tree/build/plain/watch" "$plugin" < again >> watched 2> err &
watch=$!
exec 3> again
seen_line 'a daemon that is not there yet does not keep fwupd from starting' '! watching'
mock_start
seen_line 'once it is devices are there' \
	'+ firmware/acme/radio.fw 1.4.0 none updatable'
exec 3>&-
wait "$watch"
result $? 'and nothing keeps that from ending'

mock_stop
rm sock
timeout 60 "$tree/build/plain/watch" "$plugin" < /dev/null > out 2> err
is 'where no daemon is installed the plugin is off, and says why' \
	grep -F "$work/sock does not exist: suitgated is not installed" out
