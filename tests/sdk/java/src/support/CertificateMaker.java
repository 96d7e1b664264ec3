package support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** X.509 certificates (RFC 5280) with their keys, which Java itself offers no way to make. */
public final class CertificateMaker {
    private static final byte[] ECDSA_SHA256 = hex("300a06082a8648ce3d040302");
    private static final byte[] COMMON_NAME = hex("0603550403");
    private static final byte[] CA_EXTENSION = hex("a3133011300f0603551d130101ff040530030101ff");

    private final String name;
    private final KeyPair keys;
    private final Certificate certificate;

    private CertificateMaker(String name, KeyPair keys, Certificate certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    public static CertificateMaker selfSigned(String commonName) throws Exception {
        var keys = newKeys();
        return new CertificateMaker(commonName, keys,
            certificate(commonName, keys, commonName, keys.getPrivate(), new byte[0]));
    }

    /** May sign others. */
    public static CertificateMaker authority(String commonName) throws Exception {
        var keys = newKeys();
        return new CertificateMaker(commonName, keys,
            certificate(commonName, keys, commonName, keys.getPrivate(), CA_EXTENSION));
    }

    public CertificateMaker sign(String commonName) throws Exception {
        var subject = newKeys();
        return new CertificateMaker(commonName, subject,
            certificate(commonName, subject, name, keys.getPrivate(), new byte[0]));
    }

    /** SHA-1, as the registry knows a certificate. */
    public String thumbprint() throws Exception {
        var digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        return String.format("%040X", new BigInteger(1, digest));
    }

    public String pem() throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    }

    public KeyStore keyStore(char[] password) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("own", keys.getPrivate(), password, new Certificate[] {certificate});
        return store;
    }

    private static KeyPair newKeys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Certificate certificate(String subject, KeyPair keys, String issuer,
        PrivateKey signer, byte[] extensions) throws Exception {
        var valid = der(0x30, time("200101000000Z"), time("491231235959Z"));
        var content = der(0x30, hex("a003020102"), serialNumber(), ECDSA_SHA256, named(issuer), valid,
            named(subject), keys.getPublic().getEncoded(), extensions);
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(content);
        var signed = der(0x30, content, ECDSA_SHA256, der(0x03, new byte[1], signature.sign()));
        return CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(signed));
    }

    private static byte[] serialNumber() {
        return der(0x02, new BigInteger(100, new SecureRandom()).toByteArray());
    }

    private static byte[] named(String commonName) {
        var text = der(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
        return der(0x30, der(0x31, der(0x30, COMMON_NAME, text)));
    }

    private static byte[] time(String utc) {
        return der(0x17, utc.getBytes(StandardCharsets.US_ASCII));
    }

    /** Tag, length and contents (X.690); contents of 64 KiB and more do not occur. */
    private static byte[] der(int tag, byte[]... parts) {
        var contents = new ByteArrayOutputStream();
        for (var part : parts) {
            contents.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (contents.size() > 0xff) {
            out.write(0x82);
            out.write(contents.size() >> 8);
        } else if (contents.size() > 0x7f) {
            out.write(0x81);
        }
        out.write(contents.size());
        out.writeBytes(contents.toByteArray());
        return out.toByteArray();
    }

    private static byte[] hex(String digits) {
        var bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
