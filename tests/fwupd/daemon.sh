# SPDX-License-Identifier: GPL-2.0-or-later
# Debian's own fwupd as a daemon, and fwupdmgr: updates from a folder of archives
# that the vendor put on this disk.

mkdir -p etc/fwupd/remotes.d archives
cat > etc/fwupd/remotes.d/vendor.conf <<-END
	[fwupd Remote]
	Enabled=true
	Title=Vendor
	MetadataURI=file://$work/archives
	ApprovalRequired=false
END
fwupd_start
result $? 'fwupd starts with the plugin'

manager 0 'Radio:' 'devices are listed' get-devices
manager 2 'No updatable devices' 'without archives there are no updates' get-updates
envelope good 8 1.2.0
suitctl cab --id com.acme.radio --homepage https://acme.example good.suit \
	-o archives/good.cab
sleep 2
manager 0 '1.2.0' 'an archive in the folder is an update' get-updates
state 'v["delay"] = 0.2'
manager 0 'Successfully installed firmware' 'which is installed' update -y
is 'by suitgated' grep -qx 'firmware/acme/radio.fw 1.2.0' sock.log
manager 0 '"Version" : "1.2.0"' 'the device has its version' get-devices --json
manager 0 'Update State:       Success' 'history says so' get-history
manager 0 '"SuitManifestDigestOld" : "a1a1"' 'with the manifest of before' \
	get-history --json
manager 0 'Devices with the latest available firmware version' \
	'then there is nothing to do' update -y
suitctl keygen --alg esp256 -o other.pem > seen
envelope other 9 1.3.0 -k other.pem
suitctl cab --id com.acme.radio --homepage https://acme.example other.suit \
	-o archives/other.cab
sleep 2
manager 1 'no key that is trusted made this signature for this manifest' \
	'one by another key is refused, with the words of suitgated' update -y
manager 0 'Update State:       Failed' 'history says that, too' get-history
manager 0 '"Version" : "1.2.0"' 'and the version is what it was' get-devices --json
manager 0 'Verified firmware loading' 'the security of the host' security --force
security_is()
{
	fwupdmgr security --force --json < /dev/null 2> err |
		sed -n '/SuitFirmwareLoading/,/}/p' > out
	grep -q "\"HsiResult\" : \"$1\"" out
}
within security_is enabled
result $? 'is good as long as all is'
state 'v["status"]["mode"] = "audit"'
within security_is not-enabled
result $? 'and not any more when the gate enforces no more'
fwupd_stop
