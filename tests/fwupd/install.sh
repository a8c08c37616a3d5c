# SPDX-License-Identifier: GPL-2.0-or-later
# Installing a file on a device, past all that fwupd checks of cabinets.

tool get-devices --json
radio=$(python3 -c 'import json
print([d["DeviceId"] for d in json.load(open("out"))["Devices"]
       if d["Name"] == "Radio"][0])')

# refused WORDS TEXT FILE: not installed, for that reason, and nothing is changed
refused()
{
	cp state before
	try 1 "$1" "$2: \"$1\"" install-blob "$3" "$radio"
	is 'and nothing is installed' cmp state before
}

envelope good 8 1.2.0
suitctl show --json good.suit > good.json
refused 'not a SUIT envelope: ' 'junk' /etc/passwd
head -c 200 good.suit > truncated.suit
refused 'not a SUIT envelope: ' 'truncated' truncated.suit
: > empty.suit
refused 'Firmware is invalid as has zero size' 'empty' empty.suit
suitctl create --component firmware/acme/radio.fw --payload radio.fw \
	--vendor acme.example --class gateway-2 --seq 8 --version 1.2.0 \
	--integrated -o unsigned.suit > seen
refused 'unsigned' 'unsigned' unsigned.suit
suitctl keygen --alg esp256 -o other.pem > seen
envelope other 8 1.2.0 -k other.pem
refused 'no key that is trusted made this signature for this manifest' \
	'by another key' other.suit
# signed by the right key, then another version
python3 - <<'END'
b = open("good.suit", "rb").read()
assert b.count(b"1.2.0") >= 1
open("tampered.suit", "wb").write(b.replace(b"1.2.0", b"1.2.9"))
END
refused 'digest' 'tampered' tampered.suit
envelope class 8 1.2.0 --class gateway-3
refused 'this manifest is for another class of device, not for firmware/acme/radio.fw' \
	'of another class' class.suit
envelope vendor 8 1.2.0 --vendor evil.example --class f4683711-fd91-5852-950f-c5a216f9a9c6
refused 'this manifest is for devices of another vendor, not for firmware/acme/radio.fw' \
	'of another vendor' vendor.suit
envelope component 8 1.2.0 --component firmware/acme/other.fw
refused 'this manifest is for another component, not for firmware/acme/radio.fw' \
	'for another component' component.suit
envelope older 6 1.0.0
no='firmware/acme/radio.fw was not installed: '
refused "${no}sequence number 6 is below the floor of 7 [below-floor]" 'older' \
	older.suit

# what the daemon says comes through as it is
fails()
{
	state "v['fail'] = {'error': '$1', 'parameters': {'message': '$2'}}"
	refused "${no}suitgated: $2" "$1" good.suit
}
fails Failed 'the disk is full: 3 MB are needed'
fails PermissionDenied 'only root may do this'
fails Unheard 'of'
state "v['fail'] = 'vanish'"
cp state before
try 1 'it went away before it answered; "suitctl status" says what is installed' \
	'a daemon that dies meanwhile' install-blob good.suit "$radio"
wait "$mock" 2> /dev/null
state_new > state
rm -f sock
mock_start

# fwupd that dies meanwhile leaves the daemon alone
state 'v["delay"] = 1'
fwupdtool --plugins suit install-blob good.suit "$radio" < /dev/null > out 2>&1 &
client=$!
sleep 3
kill -9 "$client"
wait "$client" 2> /dev/null
is 'killed in the middle it had not installed anything' [ ! -e sock.log ]
is 'the daemon goes on by itself' within grep -qsx 'firmware/acme/radio.fw 1.2.0' sock.log
try 0 '1.2.0' 'and answers as ever' get-devices
rm sock.log
state_new > state

try 0 '' 'good' install-blob good.suit "$radio"
is 'is installed' grep -qx 'firmware/acme/radio.fw 1.2.0' sock.log
tool get-devices --json
is 'its version is that of the device' json out \
	'[d for d in v["Devices"] if d["Name"] == "Radio"][0]["Version"] == "1.2.0"'
envelope newest 9 1.3.0
fwupdtool --plugins suit install-blob newest.suit "$radio" < /dev/null > out 2>&1
is 'progress: verified, fetched, written' awk '
	/^Verifying/ { v = NR } /^Downloading/ { d = NR } /^Writing/ { w = NR }
	END { exit !(v && v < d && d < w) }' out
