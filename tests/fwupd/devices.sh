# SPDX-License-Identifier: GPL-2.0-or-later
# What is governed, as devices.

try 0 '"Plugin" : "suit"' 'what is governed is listed' get-devices --json
cp out devices
radio='[d for d in v["Devices"] if d["Name"] == "Radio"][0]'
is 'a device for each component' json devices 'len(v["Devices"]) == 3'
is 'its GUID is the class id' json devices \
	"$radio"'["Guid"] == ["f4683711-fd91-5852-950f-c5a216f9a9c6"]'
is 'its vendor id is the vendor of the manifest' json devices \
	"$radio"'["VendorIds"] == ["SUIT:0637e301-e05d-505b-8267-486f5677de9b"]'
is 'its vendor is who speaks for it' json devices "$radio"'["Vendor"] == "acme"'
is 'version, and what it is made from' json devices \
	"$radio"'["Version"] == "1.1.0" and '"$radio"'["VersionRaw"] == 7'
is 'the floor is the lowest version' json devices \
	"$radio"'["VersionLowest"] == "1.1.0" and '"$radio"'["VersionLowestRaw"] == 7'
is 'protocol and icon' json devices \
	"$radio"'["Protocols"] == ["org.ietf.suit"] and "network-wireless" in '"$radio"'["Icons"]'
is 'flags' json devices "{'internal', 'updatable', 'only-version-upgrade', \
	'signed-payload'} <= set($radio['Flags']) and \
	'needs-reboot' not in $radio['Flags']"
is 'no problems' json devices '"Problems" not in '"$radio"

modem='[d for d in v["Devices"] if d["Name"] == "firmware/modem.bin"][0]'
is 'without a title the name of the component' json devices "$modem"
is 'without a version the sequence number' json devices \
	"$modem"'["Version"] == "3" and '"$modem"'["VersionFormat"] == "number"'
is 'without a class the GUID is made of the name' json devices \
	"$modem"'["InstanceIds"] == ["SUIT\\firmware/modem.bin"]'
is 'a floor that is not known is none' json devices \
	'"VersionLowest" not in '"$modem"
is 'what waits for a reboot says so' json devices \
	'"needs-reboot" in '"$modem"'["Flags"]'

audio='[d for d in v["Devices"] if d["Name"] == "Sound"][0]'
is 'an older version that was confirmed is the lowest' json devices \
	"$audio"'["Version"] == "2.1" and '"$audio"'["VersionLowest"] == "2.0"'
is 'vendor by the text of the manifest' json devices "$audio"'["Vendor"] == "Sound Ltd."'

state 'v["status"]["mode"] = "audit"'
try 0 'insecure-platform' 'a gate that does not enforce is a problem' get-devices --json
is 'which does not keep updates from coming' json out \
	'"updatable" in '"$radio"'["Flags"]'
is 'and has words' json out '"not enforcing" in '"$radio"'["UpdateError"]'

state 'v["status"]["mode"] = "enforce"; v["components"][0]["floor"] = 9'
try 0 'firmware-locked' 'a floor above what is installed is a problem' get-devices --json
is 'which an update solves' json out '"updatable" in '"$radio"'["Flags"]'
is 'with both numbers' json out '"sequence number 7 is below the floor of 9" in '"$radio"'["UpdateError"]'

state 'v["components"] = []'
try 2 'No detected devices' 'nothing installed, no devices' get-devices --json

state 'v["components"] = [{"name": "firmware/a"}, {"title": "no name"}, 7]'
try 0 '"Name" : "firmware/a"' 'of a component hardly anything need be said' get-devices --json
