package io.breadcrumbs.sdk.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.32.0.1",
                "100.128.0.1",
                "9.255.255.255",
                "11.0.0.0",
                "2606:4700::1111",
                "2a00:1450::1",
                "2001:4860::8888"
            })
    void shouldFindPublicAddressesPublic(String address) {
        assertThat(AddressRange.of(InetAddress.ofLiteral(address)).isPublic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "127.0.0.1",
                "127.255.0.1",
                "100.64.0.1",
                "198.19.0.1",
                "::1",
                "fc00::1",
                "fdff::1"
            })
    void shouldLetOnlyWhoMayReachPrivateAddresses(String address) {
        AddressRange range = AddressRange.of(InetAddress.ofLiteral(address));

        assertThat(range.isPublic()).isFalse();
        assertThat(range.never()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "240.0.0.1",
                "203.0.113.7",
                "::",
                "fe80::1",
                "ff02::1",
                "fd00:ec2::254",
                "64:ff9b::a00:1",
                "2002:a00:1::1",
                "2001::1",
                "2001:db8::1",
                "::10.0.0.1",
                "4000::1",
                "fec0::1"
            })
    void shouldLetNobodyReachWhatNoServerIsAt(String address) {
        AddressRange range = AddressRange.of(InetAddress.ofLiteral(address));

        assertThat(range.isPublic()).isFalse();
        assertThat(range.never()).isTrue();
    }

    @Test
    void shouldRefuseIPv4MappedIntoIPv6() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 8;
        mapped[15] = 8;

        AddressRange range = AddressRange.of(Inet6Address.getByAddress("mapped", mapped, -1));

        assertThat(range.never()).isTrue();
    }
}
