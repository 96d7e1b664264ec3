#include "emulator/net/certificates/certificate_names.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>

#include "common/letter_case.hpp"
#include <string_view>

namespace iothub::net {

namespace {

using boost::asio::ip::make_address;

constexpr std::string_view host_name_characters = "abcdefghijklmnopqrstuvwxyz0123456789-_.*";

bool is_host_name(std::string_view name) {
    return !name.empty() && name.size() <= 253 && name.front() != '-' &&
           name.find_first_not_of(host_name_characters) == std::string_view::npos;
}

// Empty for what is neither a host name nor an IP literal.
std::string alternative_name(const std::string& name) {
    boost::system::error_code not_an_address;
    const auto address = make_address(name, not_an_address);
    if (!not_an_address)
        return "IP:" + address.to_string();
    const std::string host = lower_case(name);
    return is_host_name(host) ? "DNS:" + host : std::string();
}

std::string ip_text(const ASN1_OCTET_STRING& bytes) {
    const unsigned char* data = ASN1_STRING_get0_data(&bytes);
    const int size = ASN1_STRING_length(&bytes);
    boost::asio::ip::address_v4::bytes_type v4;
    boost::asio::ip::address_v6::bytes_type v6;
    if (size == static_cast<int>(v4.size())) {
        std::copy_n(data, v4.size(), v4.begin());
        return boost::asio::ip::make_address_v4(v4).to_string();
    }
    if (size == static_cast<int>(v6.size())) {
        std::copy_n(data, v6.size(), v6.begin());
        return boost::asio::ip::make_address_v6(v6).to_string();
    }
    return {};
}

std::string dns_text(const ASN1_IA5STRING& name) {
    return lower_case(std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(&name)),
                                  static_cast<std::size_t>(ASN1_STRING_length(&name))));
}

} // namespace

result<std::vector<std::string>> alternative_names(const std::vector<std::string>& names) {
    std::vector<std::string> all = names;
    all.insert(all.end(), {"localhost", "127.0.0.1", "::1"});
    std::vector<std::string> found;
    for (const std::string& name : all) {
        std::string entry = alternative_name(name);
        if (entry.empty())
            return error{errc::argument_invalid,
                         "\"" + name + "\" is neither a host name nor an IP address",
                         {}};
        if (std::find(found.begin(), found.end(), entry) == found.end())
            found.push_back(std::move(entry));
    }
    return found;
}

std::set<std::string> alternative_names(const X509& certificate) {
    std::set<std::string> found;
    const general_names_ptr names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS)
            found.insert("DNS:" + dns_text(*name->d.dNSName));
        else if (name->type == GEN_IPADD)
            found.insert("IP:" + ip_text(*name->d.iPAddress));
    }
    return found;
}

} // namespace iothub::net
