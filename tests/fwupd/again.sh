# SPDX-License-Identifier: GPL-2.0-or-later
# The suitgated of this tree is stopped, killed and started a hundred times while
# Debian's own fwupd runs.

mock_stop
suitgated_setup
suitgated_start
envelope first 7 1.1.0
suitctl install --socket "$work/sock" first.suit > seen 2>&1 &&
	suitctl confirm --socket "$work/sock" > seen 2>&1
result $? 'suitgated has a release'
fwupd_start
result $? 'fwupd starts with the plugin'

# whoever listens has a socket of that name, and one more for each client
connected()
{
	[ "$(grep -c " $work/sock\$" /proc/net/unix)" -gt 1 ]
}

fds()
{
	find "/proc/$fwupd/fd" -type l 2> /dev/null | wc -l
}

# there EXPRESSION: is it true of the device, called d?
there()
{
	fwupdmgr get-devices --json < /dev/null > out 2> err
	json out "[d for d in v['Devices'] if d['Plugin'] == 'suit' and $1]"
}

n=0 first=0
within connected
while [ $n -lt 100 ]; do
	n=$((n + 1))
	kill "-$([ $((n % 2)) = 0 ] && echo TERM || echo KILL)" "$mock"
	wait "$mock" 2> /dev/null
	suitgated_start && within connected || break
	# when it has listed what there is
	[ $n != 10 ] || { sleep 1 && first=$(fds); }
done
{
	echo "after $n times:"
	tail -n 5 suitgated.log
} > out 2>&1
is 'suitgated dies a hundred times, and fwupd comes back to it' test "$n" = 100
is 'the device is there' within there \
	"d['Version'] == '1.1.0' and 'updatable' in d['Flags'] and 'unreachable' not in d['Problems']"
is 'fwupd is the process that it was' kill -0 "$fwupd"
no_more()
{
	[ "$(fds)" -le "$first" ]
}
is "with no more files open than after the tenth, $first" within no_more
kill "$mock"
wait "$mock" 2> /dev/null
mock=
is 'when suitgated stays away the device has a problem' within there \
	"'unreachable' in d['Problems'] and 'updatable' not in d['Flags']"
is 'which says what to do' grep -qF 'suitgated is not running; see systemctl status' out
suitgated_start
is 'and has it no more when it is back' within there \
	"'updatable' in d['Flags'] and 'unreachable' not in d['Problems']"
fwupd_stop
