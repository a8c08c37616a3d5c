# SPDX-License-Identifier: GPL-2.0-or-later
# The plugin before the suitgated of this tree, without a gate.

mock_stop
suitgated_setup
suitgated_start
envelope first 7 1.1.0
suitctl install --socket "$work/sock" first.suit > seen 2>&1 ||
	sed 's/^/# /' seen suitgated.log
try 0 '"Name" : "ACME Radio"' 'what suitgated installed is listed' get-devices --json
is 'with the ids of its manifest' json out \
	'v["Devices"][0]["Guid"] == ["f4683711-fd91-5852-950f-c5a216f9a9c6"] and
	v["Devices"][0]["VendorIds"] == ["SUIT:0637e301-e05d-505b-8267-486f5677de9b"]'
is 'and the vendor of the configuration' json out \
	'v["Devices"][0]["Vendor"] == "ACME Ltd."'
is 'and its version' json out 'v["Devices"][0]["Version"] == "1.1.0"'
suitctl confirm --socket "$work/sock" > seen 2>&1 || sed 's/^/# /' seen
try 0 '"VersionLowest" : "1.1.0"' 'once confirmed it is the lowest' get-devices --json
radio=$(python3 -c 'import json
print(json.load(open("out"))["Devices"][0]["DeviceId"])')

envelope good 8 1.2.0
suitctl cab --id com.acme.radio --homepage https://acme.example good.suit -o good.cab
try 0 '' 'a release in an archive' install good.cab
is 'is in its place' grep -qx 'radio 1.2.0' fw/acme/radio.fw
try 0 '"Version" : "1.2.0"' 'and is the version of the device' get-devices --json
is 'on trial, the lowest is what was confirmed before' json out \
	'v["Devices"][0]["VersionLowest"] == "1.1.0"'

# what is installed was brought back, its floor was not
kill "$mock"
wait "$mock" 2> /dev/null
python3 - <<'END'
import sqlite3
db = sqlite3.connect("state.d/suitgated.db")
db.execute("UPDATE floor SET sequence = 12")
assert db.total_changes == 1
db.commit()
END
suitgated_start
try 0 'firmware-locked' 'a floor above what is installed is a problem' get-devices --json
is 'with both numbers' json out \
	'"sequence number 8 is below the floor of 12" in v["Devices"][0]["UpdateError"]'
python3 -c 'import sqlite3; db = sqlite3.connect("state.d/suitgated.db"); db.execute("UPDATE floor SET sequence = 7"); db.commit()'
suitctl keygen --alg esp256 -o other.pem > seen
envelope other 9 1.3.0 -k other.pem
envelope older 6 1.0.0
suitctl create --component firmware/acme/radio.fw --payload radio.fw \
	--vendor acme.example --class gateway-2 --seq 9 --integrated \
	-o unsigned.suit > seen 2>&1
no='firmware/acme/radio.fw was not installed: '
try 1 "$no" 'by another key' install-blob other.suit "$radio"
is 'with the words of suitgated' grep -F '[signature-invalid]' err out
try 1 "$no" 'older' install-blob older.suit "$radio"
is 'with its words' grep -F 'or newer is needed' err out
try 1 "$no" 'unsigned' install-blob unsigned.suit "$radio"
is 'with its words, too' grep -F '[unsigned]' err out
is 'nothing of that is in its place' grep -qx 'radio 1.2.0' fw/acme/radio.fw

kill -9 "$mock"
wait "$mock" 2> /dev/null
suitgated_start
try 0 '"Version" : "1.2.0"' 'suitgated killed and started again' get-devices --json
try 0 '"Problems"' 'there is no gate here' get-devices --json
tool security --json
is 'which the security of the host says' grep -F 'load the module suitgate' out
