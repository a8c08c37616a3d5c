# SPDX-License-Identifier: GPL-2.0-or-later
# suitgated dies while it installs.

# sends half of the file and then nothing, but only once
cat > "$www/cgi-bin/slow" <<-END
	#!/bin/sh
	printf 'Content-Type: application/octet-stream\r\n\r\n'
	head -c 20 $www/slow.fw
	[ -e $work/stalled ] || { : > $work/stalled; exec sleep 60; }
	tail -c +21 $www/slow.fw
END
chmod 755 "$www/cgi-bin/slow"
release slow 5 1.4.0 0x00100500 --uri "$url/cgi-bin/slow" -k acme.pem
cp hda.fw "$www/slow.fw"
whole > before 2>&1
fwupd install -y slow.cab > out 2>&1 < /dev/null &
client=$!
within test -e stalled
result $? 'an update is on its way'
daemon=$(systemctl show -P MainPID suitgated)
kill -9 "$daemon"
wait $client
got=$?
# of what is not reachable
[ $got = 101 ] && grep -qF 'it went away before it answered; "suitctl status" says' out
result $? 'suitgated is killed: fwupdmgr says so, and what to do'
driver_has 0x100300 'the driver has what it had'
updatable()
{
	fwupd get-devices --json > devices 2>&1 < /dev/null
	! grep -q unreachable devices
}
within updatable
result $? 'suitgated is started again, and fwupd has noticed'
whole > after 2>&1
cp after out
cmp -s before after
result $? 'nothing is changed'
manager 0 'Successfully installed firmware' 'the same update again' install -y slow.cab
driver_has 0x100500 'is the whole of it'
try 0 '' 'it is confirmed' suitctl confirm
kill "$server"
