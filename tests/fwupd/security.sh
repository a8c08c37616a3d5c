# SPDX-License-Identifier: GPL-2.0-or-later
# "Verified firmware loading" among the security attributes of the host.

# attr TEXT RESULT WORDS: what it is, and what it says to do
attr()
{
	tool security --json
	python3 -c 'import json
print(json.dumps([a for a in json.load(open("out"))["SecurityAttributes"]
                  if a["AppstreamId"] == "org.fwupd.hsi.SuitFirmwareLoading"][0]))' \
		> attr
	is "$1: $2" json attr "v.get('HsiResult', 'unknown') == '$2' and '$3' in v['Description']"
}

attr 'enforcing, sealed and anchored' enabled 'author did not sign'
is 'which is a success' json attr '"success" in v["Flags"]'
is 'by the plugin suit' json attr 'v["Plugin"] == "suit"'
state 'v["status"]["anchored"] = False'
attr 'floors that can be brought back' not-locked 'anchor them in the TPM'
is 'which is none' json attr '"success" not in v["Flags"] and "action-config-os" in v["Flags"]'
state 'v["status"]["sealed"] = False'
attr 'not sealed' not-locked 'suitctl seal'
state 'v["status"]["mode"] = "audit"'
attr 'not enforcing' not-enabled 'suitctl mode enforce'
state 'v["status"]["gate"] = False; v["status"]["mode"] = None'
attr 'no gate' not-found 'load the module suitgate'
state 'v["status"] = {}'
attr 'a daemon that says nothing' not-found 'load the module suitgate'
state 'v["status"] = 3'
attr 'a daemon that says nonsense' unknown 'systemctl status suitgated'
mock_stop
attr 'no daemon' unknown 'systemctl status suitgated'
is 'for want of data' json attr '"missing-data" in v["Flags"]'
