# SPDX-License-Identifier: GPL-2.0-or-later
# The gate, the first release, and an update from a folder of archives.

archives=/usr/share/fwupd/remotes.d/vendor/firmware
mkdir -p /etc/suitgate
printf 'vendor=acme.example\nclass=sound\n' > /etc/suitgate/identity
printf '[Daemon]\nTpm=none\n[Network]\nAllowHttp=yes\n[Component %s]\n%s\n%s\n' \
	$component 'Title=Sound card' 'Health=manual' > /etc/suitgate/suitgated.conf
modprobe suitgate
suitctl keygen --alg esp256 -o acme.pem > out
suitctl keygen --alg esp256 -o other.pem > out
suitctl trust add --authority acme --role vendor --prefix firmware/acme acme.pub \
	> out 2>&1
result $? 'acme is trusted'
suitctl load --all > out 2>&1
try 0 '' 'the gate enforces' suitctl mode enforce
systemctl start suitgated.socket
release first 1 1.0.0 0x00100100 --integrated -k acme.pem
try 0 '' 'suitgated installs the first release' suitctl install first.suit
driver_has 0x100100 'the driver has it'
try 0 '' 'it is confirmed' suitctl confirm

# those of other hardware take their time
printf '[fwupd]\nDisabledPlugins=test;test_ble;invalid\n' > /etc/fwupd/fwupd.conf
rm /etc/fwupd/remotes.d/lvfs*.conf
mkdir -p /etc/systemd/system/fwupd.service.d $archives
printf '[Service]\nEnvironment=UMOCKDEV_DIR=/nonexistent\n' \
	> /etc/systemd/system/fwupd.service.d/vm.conf
systemctl daemon-reload
systemctl start fwupd > out 2>&1
result $? 'fwupd starts, in its own sandbox'
manager 0 'Sound card' 'the sound card is a device' get-devices
manager 2 'No updatable devices' 'without archives there are no updates' get-updates
release next 2 1.1.0 0x00100200 --integrated -k acme.pem
cp next.cab $archives/
within offered 1.1.0
manager 0 '1.1.0' 'an archive is an update' get-updates
manager 0 'Successfully installed firmware' 'which is installed' update -y
driver_has 0x100200 'the driver has that'
manager 0 'Update State:' 'history has it' get-history
manager 0 'latest available firmware version' 'then there is nothing to do' update -y
try 0 '' 'it is confirmed, too' suitctl confirm
release other 3 1.2.0 0x00100300 --integrated -k other.pem
manager 1 'OnlyTrusted' 'a file of anybody: refused by fwupd' install -y other.cab
cp other.cab $archives/
within offered 1.2.0
manager 1 'no key that is trusted made this signature for this manifest' \
	'by another key: refused, with the words of suitgated' update -y
rm $archives/*.cab
