package scenarios;

import javax.net.ssl.SSLContext;
import support.CertificateMaker;
import support.Stage;
import support.Trust;

/** Devices that present a certificate in place of a key. */
public final class Certificates {
    private Certificates() {}

    public static void selfSigned(Stage stage) throws Exception {
        var id = stage.backEnd.unusedDeviceId();
        var registered = CertificateMaker.selfSigned(id);
        var device = stage.backEnd.newSelfSignedDevice(id, registered.thumbprint());
        stage.mayConnectAndSend(device, presenting(registered, stage));
        stage.isUnauthorized(device, presenting(CertificateMaker.selfSigned(id), stage));
    }

    public static void ofAuthority(Stage stage) throws Exception {
        var known = CertificateMaker.authority("Known authority");
        var unknown = CertificateMaker.authority("Unknown authority");
        stage.management.trustAuthority("known", known.pem());
        var device = stage.backEnd.newCertifiedDevice(stage.backEnd.unusedDeviceId());
        stage.mayConnectAndSend(device, presenting(known.sign(device.deviceId), stage));
        stage.isUnauthorized(device, presenting(unknown.sign(device.deviceId), stage));
    }

    private static SSLContext presenting(CertificateMaker certificate, Stage stage)
        throws Exception {
        return Trust.with(certificate.keyStore(Trust.PASSWORD), stage.hub.caFile());
    }
}
