package io.breadcrumbs.sdk.egress;

import java.net.InetAddress;
import java.util.List;

/**
 * A range of addresses that are not the public Internet, after the registries of special-purpose addresses of RFC 6890
 * and its successors.
 *
 * @param first its first address; the ranges of IPv4 have four bytes, those of IPv6 sixteen
 * @param bits how many leading bits its addresses share
 * @param what they are for
 * @param never whether nobody may reach them, not even who may reach private addresses
 */
record AddressRange(List<Integer> first, int bits, String what, boolean never) {

    private static final List<AddressRange> ALL = List.of(
            never("0.0.0.0", 8, "an unspecified address"),
            never("169.254.0.0", 16, "a link-local address, where clouds keep metadata"),
            never("100.100.100.200", 32, "a metadata address"),
            never("168.63.129.16", 32, "a metadata address"),
            never("192.0.0.192", 32, "a metadata address"),
            never("224.0.0.0", 4, "a multicast address"),
            never("240.0.0.0", 4, "a reserved address"),
            inside("10.0.0.0", 8, "a private address"),
            inside("100.64.0.0", 10, "an address inside a provider's network"),
            inside("127.0.0.0", 8, "a loopback address"),
            inside("172.16.0.0", 12, "a private address"),
            inside("192.168.0.0", 16, "a private address"),
            inside("198.18.0.0", 15, "an address for measurements"),
            never("192.0.0.0", 24, "a reserved address"),
            never("192.0.2.0", 24, "an address for documentation"),
            never("192.88.99.0", 24, "a relay's address"),
            never("198.51.100.0", 24, "an address for documentation"),
            never("203.0.113.0", 24, "an address for documentation"),
            never("fd00:ec2::254", 128, "a metadata address"),
            never("fd20:ce::254", 128, "a metadata address"),
            inside("::1", 128, "a loopback address"),
            inside("fc00::", 7, "a private address"),
            never("fe80::", 10, "a link-local address"),
            never("ff00::", 8, "a multicast address"),
            never("2001::", 23, "a tunnel's or reserved address"),
            never("2001:db8::", 32, "an address for documentation"),
            never("2002::", 16, "a tunnel's address"),
            never("3fff::", 20, "an address for documentation"),
            // What is left of IPv6 outside 2000::/3: unspecified, mapped and translated IPv4, not yet assigned.
            never("::", 3, "an unspecified, mapped or translated address"),
            never("4000::", 2, "a reserved address"),
            never("8000::", 1, "a reserved address"));

    private static AddressRange never(String first, int bits, String what) {
        return new AddressRange(bytes(InetAddress.ofLiteral(first)), bits, what, true);
    }

    private static AddressRange inside(String first, int bits, String what) {
        return new AddressRange(bytes(InetAddress.ofLiteral(first)), bits, what, false);
    }

    /** The first range that has the address; the public Internet, if none has. */
    static AddressRange of(InetAddress address) {
        List<Integer> bytes = bytes(address);
        for (AddressRange range : ALL) {
            if (range.has(bytes)) {
                return range;
            }
        }
        return new AddressRange(bytes, 0, "a public address", false);
    }

    boolean isPublic() {
        return bits == 0;
    }

    private boolean has(List<Integer> address) {
        if (address.size() != first.size()) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((first.get(bit / 8) & mask) != (address.get(bit / 8) & mask)) {
                return false;
            }
        }
        return true;
    }

    private static List<Integer> bytes(InetAddress address) {
        byte[] raw = address.getAddress();
        Integer[] bytes = new Integer[raw.length];
        for (int i = 0; i < raw.length; i++) {
            bytes[i] = Byte.toUnsignedInt(raw[i]);
        }
        return List.of(bytes);
    }
}
