package support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts from the PEM files of the hub and the key stores of devices. */
public final class Trust {
    public static final char[] PASSWORD = "changeit".toCharArray();

    private Trust() {}

    /** Trusts the certificates of a PEM file. */
    public static SSLContext of(Path pem) throws Exception {
        return context(pem, null);
    }

    /** Trusts the certificates of a PEM file, and presents what a key store holds. */
    public static SSLContext with(KeyStore own, Path pem) throws Exception {
        return context(pem, own);
    }

    /** For a server that presents this chain. */
    public static SSLContext ofServer(Path chain, Path key) throws Exception {
        var own = emptyStore();
        own.setKeyEntry("server", privateKey(key), PASSWORD, certificates(chain));
        return context(chain, own);
    }

    /**
     * The service client takes no SSLContext: it trusts what Java's trust store holds, which has to be
     * named before the first connection of this process.
     */
    public static void byDefault(Path pem, Path store) throws Exception {
        try (var out = Files.newOutputStream(store)) {
            trusting(pem).store(out, PASSWORD);
        }
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", new String(PASSWORD));
    }

    private static SSLContext context(Path trusted, KeyStore own) throws Exception {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusting(trusted));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore trusting(Path pem) throws Exception {
        var store = emptyStore();
        for (var certificate : certificates(pem)) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        return store;
    }

    private static KeyStore emptyStore() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }

    private static Certificate[] certificates(Path pem) throws Exception {
        try (var in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in)
                .toArray(Certificate[]::new);
        }
    }

    private static PrivateKey privateKey(Path pem) throws Exception {
        var base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
        var bytes = Base64.getMimeDecoder().decode(base64);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }
}
