# SPDX-License-Identifier: GPL-2.0-or-later
# Updates from a server on the premises, whose metadata an authority of the
# premises signed.

www=$work/www url=http://127.0.0.1:8080

# authority NAME: a certificate that signs certificates, and one that signs metadata
authority()
{
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-days 30 -subj "/CN=$1" -addext keyUsage=keyCertSign \
		-keyout "$1-ca.key" -out "$1-ca.pem" 2> out &&
	openssl req -x509 -CA "$1-ca.pem" -CAkey "$1-ca.key" -newkey ec \
		-pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
		-subj "/CN=$1 metadata" -addext basicConstraints=CA:FALSE \
		-addext keyUsage=digitalSignature -keyout "$1-signer.key" \
		-out "$1-signer.pem" 2>> out
}

# sign AUTHORITY FILE JCAT: add it and its signature
sign()
{
	jcat-tool self-sign --basename --kind sha256 "$3" "$2" &&
	jcat-tool sign --basename "$3" "$2" "$1-signer.pem" "$1-signer.key"
}

# approve NAME: NAME.cab with a signature of the premises, which lets files in
approve()
{
	cp "$1.suit" firmware.suit
	rm -f firmware.jcat
	{
		sign premises firmware.suit firmware.jcat &&
		archive "$1" --jcat firmware.jcat
	} > out 2>&1 || result 1 "$1 is approved"
}

# publish AUTHORITY CAB...: these archives, and signed metadata of them
publish()
{
	by=$1
	shift
	{
		echo '<components origin="acme" version="0.9">'
		for cab; do
			sum=$(sha256sum "$cab" | cut -d' ' -f1)
			LC_ALL=C sed -n '/<component /,/<\/component>/{
				s,</release>,<location>'"$url/$cab"'</location>\
<checksum type="sha256" target="container" filename="'"$cab"'">'"$sum"'</checksum>\
&,
				p
			}' "$cab"
		done
		echo '</components>'
	} | gzip -n > "$www/firmware.xml.gz"
	cp "$@" "$www/"
	rm -f "$www/firmware.xml.gz.jcat"
	sign "$by" "$www/firmware.xml.gz" "$www/firmware.xml.gz.jcat" > out 2>&1 ||
		result 1 'metadata is signed'
}

authority premises
result $? 'an authority for metadata is made'
authority stranger
cp premises-ca.pem /etc/pki/fwupd-metadata/
cp premises-ca.pem /etc/pki/fwupd/
cat > /etc/fwupd/remotes.d/premises.conf <<-END
	[fwupd Remote]
	Enabled=true
	Title=Premises
	MetadataURI=$url/firmware.xml.gz
	ApprovalRequired=false
END
mkdir -p "$www/cgi-bin"
busybox httpd -f -p 127.0.0.1:8080 -h "$www" &
server=$!
systemctl restart fwupd

release remote 3 1.2.0 0x00100300 --integrated -k acme.pem
publish premises remote.cab
manager 2 'No updatable devices' 'before its metadata is there nothing is to do' get-updates
manager 0 'Successfully downloaded new metadata' 'metadata is fetched and verified' \
	refresh --force
manager 0 '1.2.0' 'it has an update' get-updates
manager 1 'OnlyTrusted' 'the premises let no file in that they did not sign' update -y
approve remote
publish premises remote.cab
manager 0 'Successfully downloaded new metadata' 'one that they did' refresh --force
manager 0 'Successfully installed firmware' 'is fetched and installed' update -y
driver_has 0x100300 'the driver has it'
manager 0 'latest available firmware version' 'then there is nothing to do' update -y
try 0 '' 'it is confirmed' suitctl confirm

release stranger 4 1.3.0 0x00100400 --integrated -k acme.pem
publish stranger stranger.cab
manager 1 'signatures were required, but none supplied' \
	'metadata that a stranger signed: refused' refresh --force
publish premises remote.cab
gunzip < "$www/firmware.xml.gz" | sed s/1.2.0/9.2.0/ | gzip -n > changed
cp changed "$www/firmware.xml.gz"
manager 1 'checksum' 'metadata that was changed: refused' refresh --force
publish premises stranger.cab
cp remote.cab "$www/stranger.cab"
manager 0 'Successfully downloaded' 'metadata of an archive' refresh --force
manager 1 'hecksum' 'that is another one: refused' update -y
driver_has 0x100300 'the driver has what it had'
rm /etc/fwupd/remotes.d/premises.conf
