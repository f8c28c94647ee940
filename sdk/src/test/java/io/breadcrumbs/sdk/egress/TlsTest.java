package io.breadcrumbs.sdk.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.testkit.ManualTime;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, to a server whose certificate is for named.test. */
class TlsTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static HttpsServer server;
    private static SSLSocketFactory trusting;

    private final ManualTime time = new ManualTime();

    @BeforeAll
    static void start() throws Exception {
        SSLContext context = context(certificate());
        trusting = context.getSocketFactory();
        server = HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/down", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://named.test/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static KeyStore certificate() throws Exception {
        Path file = folder.resolve("keys.p12");
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=named.test",
                        "-ext",
                        "san=dns:named.test",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).as(() -> "exit code of keytool").isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private WebResponse get(String host, String path, SSLSocketFactory tls) throws ToolFailure, InterruptedException {
        URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + path);
        Reach reach = new Reach(Set.of("*.test"), false, true);
        WebClient client = new WebClient(new Guard(_ -> List.of(HERE)), time, tls);
        return client.send(
                new WebRequest("GET", uri, Map.of(), Set.of(), null),
                new Allowance(reach, 1000, time.now().plusSeconds(10)),
                _ -> {});
    }

    @Test
    void shouldSpeakToWhoHasTheCertificateOfTheHost() throws Exception {
        assertThat(get("named.test", "/", trusting).status()).isEqualTo(204);
    }

    @Test
    void shouldNotSpeakToWhoHasAnotherCertificate() {
        ToolFailure failure = catchThrowableOfType(ToolFailure.class, () -> get("other.test", "/", trusting));

        assertThat(failure.toError().getCode()).isEqualTo("HTTP_CONNECTION");
        assertThat(failure.toError().getRetryable()).isFalse();
    }

    @Test
    void shouldNotSpeakToWhomNobodyTrusts() {
        SSLSocketFactory usual = (SSLSocketFactory) SSLSocketFactory.getDefault();

        ToolFailure failure = catchThrowableOfType(ToolFailure.class, () -> get("named.test", "/", usual));

        assertThat(failure.toError().getCode()).isEqualTo("HTTP_CONNECTION");
    }

    @Test
    void shouldNotFollowARedirectThatLeavesTls() {
        ToolFailure failure = catchThrowableOfType(ToolFailure.class, () -> get("named.test", "/down", trusting));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION);
        assertThat(failure).hasMessageContaining("leaves https");
    }
}
