// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plumbline::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpAnswer
{
    int status = 0; ///< 0: the connection ended without an answer
    std::string head;
    std::string body;
};

/// One connection to this machine, used as it pleases the test.
class HttpClient
{
public:
    explicit HttpClient(unsigned port)
    {
        m_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_isOpen = connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    HttpClient(HttpClient&& other) noexcept
        : m_socket(std::exchange(other.m_socket, -1)), m_isOpen(other.m_isOpen), m_read(std::move(other.m_read))
    {
    }
    HttpClient& operator=(HttpClient&&) = delete;
    ~HttpClient()
    {
        if (m_socket >= 0)
            close(m_socket);
    }

    bool isOpen() const { return m_isOpen; }
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// The next answer, waited for so long.
    HttpAnswer answer(int milliseconds = 15'000)
    {
        HttpAnswer answer;
        std::size_t end = std::string::npos;
        while ((end = m_read.find("\r\n\r\n")) == std::string::npos)
            if (!readMore(milliseconds))
                return answer;
        answer.head = m_read.substr(0, end + 2);
        m_read.erase(0, end + 4);
        answer.status = std::atoi(answer.head.c_str() + sizeof("HTTP/1.1"));
        if (answer.status == 100)
            return answer;
        std::size_t length = 0;
        if (const char* at = strcasestr(answer.head.c_str(), "\r\ncontent-length:"))
            length = std::strtoul(at + sizeof("\r\ncontent-length:") - 1, nullptr, 10);
        while (m_read.size() < length)
            if (!readMore(milliseconds))
                return {};
        answer.body = m_read.substr(0, length);
        m_read.erase(0, length);
        return answer;
    }
    HttpAnswer request(std::string_view method, std::string_view target, const Headers& headers = {},
                       std::string_view body = {})
    {
        (void)send(head(method, target, headers, "Content-Length: " + std::to_string(body.size()) + "\r\n"));
        (void)send(body);
        return answer();
    }
    HttpAnswer requestInChunks(std::string_view method, std::string_view target, const Headers& headers,
                               std::string_view body, std::size_t chunk = 1000)
    {
        (void)send(head(method, target, headers, "Transfer-Encoding: chunked\r\n"));
        for (std::size_t at = 0; at < body.size(); at += chunk) {
            const std::string_view piece = body.substr(at, chunk);
            char size[32];
            std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
            (void)send(std::string(size) + std::string(piece) + "\r\n");
        }
        (void)send("0\r\n\r\n");
        return answer();
    }
    /// Whether the other side closes within so long.
    bool isClosedWithin(int milliseconds)
    {
        while (readMore(milliseconds)) {
        }
        return m_isClosed;
    }

private:
    static std::string head(std::string_view method, std::string_view target, const Headers& headers,
                            const std::string& framing)
    {
        std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
        bool hasHost = false;
        for (const auto& [name, value] : headers) {
            text += name + ": " + value + "\r\n";
            hasHost |= name == "Host" || name == "host";
        }
        return text + (hasHost ? "" : "Host: 127.0.0.1\r\n") + framing + "\r\n";
    }
    bool readMore(int milliseconds)
    {
        pollfd ready{.fd = m_socket, .events = POLLIN, .revents = 0};
        if (poll(&ready, 1, milliseconds) <= 0)
            return false;
        char piece[16384];
        const ssize_t got = recv(m_socket, piece, sizeof piece, 0);
        m_isClosed |= got <= 0;
        if (got <= 0)
            return false;
        m_read.append(piece, static_cast<std::size_t>(got));
        return true;
    }

    int m_socket = -1;
    bool m_isOpen = false;
    bool m_isClosed = false;
    std::string m_read;
};

} // namespace plumbline::test
