#!/bin/sh
# Makes an authority and a certificate for the members of the quickstart with the JDK's keytool, and
# prints the settings that let an application use them. Run it again for a new certificate of the same
# authority: applications that run follow within seconds. For trying it out: the password is no secret.
set -eu
folder=${1:?"usage: certificates.sh FOLDER"}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pass=changeit

make() { # name, store, extensions
  keytool -genkeypair -alias "$1" -dname "CN=$1" -keyalg EC -groupname secp256r1 -validity 90 \
    -storetype PKCS12 -keystore "$2" -storepass $pass $3 2>/dev/null
}

take() { # name, file, store
  keytool -importcert -noprompt -alias "$1" -file "$2" -storetype PKCS12 -keystore "$3" -storepass $pass 2>/dev/null
}

authority="$folder/authority.p12"
if [ ! -f "$authority" ]; then
  make authority "$authority" "-ext bc:c"
fi
keytool -exportcert -alias authority -keystore "$authority" -storepass $pass -rfc >"$work/authority.pem" 2>/dev/null
if [ ! -f "$folder/trusted.p12" ]; then
  take authority "$work/authority.pem" "$folder/trusted.p12"
fi
make member "$work/member.p12" ""
keytool -certreq -alias member -keystore "$work/member.p12" -storepass $pass |
  keytool -gencert -alias authority -keystore "$authority" -storepass $pass -rfc -validity 90 \
    -ext san=dns:member.quickstart.internal >"$work/member.pem"
take authority "$work/authority.pem" "$work/member.p12"
take member "$work/member.pem" "$work/member.p12"
mv "$work/member.p12" "$folder/member.p12"

bundle=SPRING_SSL_BUNDLE_JKS_MEMBERS
cat <<SETTINGS
export GOSSIP_SSL_BUNDLE=members
export GOSSIP_SSL_PEERNAMES='*.quickstart.internal'
export ${bundle}_KEYSTORE_LOCATION=file:$folder/member.p12
export ${bundle}_KEYSTORE_PASSWORD=$pass
export ${bundle}_KEYSTORE_TYPE=PKCS12
export ${bundle}_KEY_ALIAS=member
export ${bundle}_TRUSTSTORE_LOCATION=file:$folder/trusted.p12
export ${bundle}_TRUSTSTORE_PASSWORD=$pass
export ${bundle}_TRUSTSTORE_TYPE=PKCS12
export ${bundle}_RELOADONUPDATE=true
SETTINGS
