package io.breadcrumbs.sdk.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    private static final Map<String, List<InetAddress>> ADDRESSES = Map.of(
            "public.test", List.of(InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("2606:4700::1")),
            "api.public.test", List.of(InetAddress.ofLiteral("8.8.4.4")),
            "inside.test", List.of(InetAddress.ofLiteral("10.1.2.3")),
            "mixed.test", List.of(InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1")),
            "metadata.test", List.of(InetAddress.ofLiteral("169.254.169.254")));

    private static final Reach ANY = new Reach(Set.of(), true, false);

    private final Guard guard = new Guard(GuardTest::resolve);

    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> known = ADDRESSES.get(host);
        return known == null ? Names.ofMachine().resolve(host) : known;
    }

    private ToolFailure refusal(String uri, Reach reach) {
        return catchThrowableOfType(ToolFailure.class, () -> guard.check(URI.create(uri), reach));
    }

    @Test
    void shouldGiveAllAddressesOfAnAllowedHost() throws ToolFailure {
        Destination destination = guard.check(URI.create("https://public.test/x"), ANY);

        assertThat(destination.addresses()).isEqualTo(ADDRESSES.get("public.test"));
        assertThat(destination.port()).isEqualTo(443);
        assertThat(destination.secure()).isTrue();
    }

    @Test
    void shouldRefuseEveryHostUnlessToldOtherwise() {
        ToolFailure refusal = refusal("http://public.test/", Reach.NOTHING);

        assertThat(refusal.kind()).isEqualTo(ErrorKind.PERMISSION);
        assertThat(refusal).hasMessageContaining("public.test").hasMessageContaining("not among the allowed hosts");
    }

    @Test
    void shouldAllowListedHostsOnlyByTheirWholeName() {
        Reach reach = new Reach(Set.of("Public.Test"), false, false);

        assertThat(refusal("http://PUBLIC.test/", reach)).hasMessageContaining("no address"); // allowed, not resolved
        assertThat(refusal("http://public.test/", reach)).isNull();
        assertThat(refusal("http://api.public.test/", reach).kind()).isEqualTo(ErrorKind.PERMISSION);
    }

    @Test
    void shouldAllowWhatIsBelowAStar() {
        Reach reach = new Reach(Set.of("*.public.test"), false, false);

        assertThat(refusal("http://api.public.test/", reach)).isNull();
        assertThat(refusal("http://public.test/", reach).kind()).isEqualTo(ErrorKind.PERMISSION);
        assertThat(refusal("http://notpublic.test/", reach).kind()).isEqualTo(ErrorKind.PERMISSION);
    }

    @Test
    void shouldRefusePrivateAddressesOfListedHosts() {
        ToolFailure refusal = refusal("http://inside.test/", new Reach(Set.of("inside.test"), true, false));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.PERMISSION);
        assertThat(refusal).hasMessageContaining("inside.test").hasMessageContaining("10.1.2.3 is a private address");
    }

    @Test
    void shouldAllowPrivateAddressesOnlyToListedHosts() {
        Reach reach = new Reach(Set.of("inside.test", "metadata.test"), true, true);

        assertThat(refusal("http://inside.test/", reach)).isNull();
        assertThat(refusal("http://127.0.0.1/", reach).kind()).isEqualTo(ErrorKind.PERMISSION);
        assertThat(refusal("http://metadata.test/", reach).kind()).isEqualTo(ErrorKind.PERMISSION);
    }

    @Test
    void shouldRefuseAHostWithOneForbiddenAddress() {
        assertThat(refusal("http://mixed.test/", ANY).kind()).isEqualTo(ErrorKind.PERMISSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://2130706433/",
                "http://0/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:8.8.8.8]/",
                "http://[64:ff9b::7f00:1]/",
                "http://169.254.169.254/latest/meta-data/",
                "http://localhost/",
                "http://metadata.test/"
            })
    void shouldRefuseEveryWayToWriteAnInsideAddress(String uri) {
        assertThat(refusal(uri, ANY).kind()).isEqualTo(ErrorKind.PERMISSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://public.test/",
                "file:///etc/passwd",
                "//public.test/",
                "http:public.test",
                "http://user@public.test/",
                "http://user:secret@public.test/",
                "http://a_b.test/",
                "http://127.1/",
                "http:///x",
                "http://public.test:70000/"
            })
    void shouldRefuseWhatIsNoPlainUrl(String uri) {
        ToolFailure refusal = refusal(uri, ANY);

        assertThat(refusal.kind()).isEqualTo(ErrorKind.VALIDATION);
        assertThat(refusal.getMessage()).doesNotContain("secret");
    }

    @Test
    void shouldRefuseHostsThatAreUrls() {
        assertThatThrownBy(() -> new Reach(Set.of("https://public.test/"), false, false))
                .hasMessageContaining("hosts: expected names");
    }
}
