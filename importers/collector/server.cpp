// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/server_state.h"

#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace plumbline::collector {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

/// How long requests begun have when the server stops.
constexpr auto stopTime = 9s;
constexpr auto pauseWithoutDescriptors = 100ms;
/// For the workspace and all else a process opens.
constexpr std::size_t descriptorsKept = 64;

constexpr std::string_view tooMany = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Type: "
                                     "application/json\r\nContent-Length: 34\r\nConnection: close\r\n\r\n"
                                     "{\"message\":\"too many connections\"}";

/// As many descriptors as the system lets this process have; answers how many connections that allows.
std::size_t raiseDescriptors(std::size_t wanted)
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return wanted;
    const rlim_t enough = wanted + descriptorsKept;
    if (limit.rlim_cur < enough) {
        limit.rlim_cur = std::min<rlim_t>(enough, limit.rlim_max);
        (void)setrlimit(RLIMIT_NOFILE, &limit);
        (void)getrlimit(RLIMIT_NOFILE, &limit);
    }
    const std::size_t allowed =
        limit.rlim_cur > 2 * descriptorsKept ? limit.rlim_cur - descriptorsKept : descriptorsKept;
    return std::min(wanted, allowed);
}

} // namespace

Server::Server(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Server::~Server()
{
    stop();
}

std::uint16_t Server::port() const
{
    return m_state->port;
}

Result<std::unique_ptr<Server>> Server::listen(const Setup& setup, Tally& tally, Handlers handlers)
{
    auto state = std::make_unique<State>(setup, tally, std::move(handlers));
    boost::system::error_code error;
    const auto address = asio::ip::make_address(setup.host == "localhost" ? "127.0.0.1" : setup.host, error);
    if (error)
        return fail(ErrorKind::Usage, "'" + setup.host + "' is no address to listen on, such as 127.0.0.1 or 0.0.0.0");
    const tcp::endpoint endpoint(address, setup.port);
    tcp::acceptor& acceptor = state->acceptor;
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return fail(ErrorKind::Unreadable,
                    "cannot listen on " + setup.host + ":" + std::to_string(setup.port) + ": " + error.message());
    state->port = acceptor.local_endpoint(error).port();
    state->mostConnections = raiseDescriptors(setup.limits.connections);
    State& running = *state;
    asio::co_spawn(running.context, running.acceptClients(), asio::detached);
    running.thread = std::thread([&running] { running.context.run(); });
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

asio::awaitable<void> Server::State::acceptClients()
{
    while (!isStopping) {
        boost::system::error_code error;
        tcp::socket socket(context);
        co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
        if (isStopping)
            break;
        if (error) {
            // Out of descriptors, most likely: they come back as clients leave.
            pause.expires_after(pauseWithoutDescriptors);
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        if (connections >= mostConnections) {
            socket.non_blocking(true, error);
            socket.send(asio::buffer(tooMany), 0, error);
            tally.turnedAway(1, "too many connections at once");
            continue;
        }
        socket.set_option(tcp::no_delay(true), error);
        ++connections;
        asio::co_spawn(context, serve(boost::beast::tcp_stream(std::move(socket))), [this](std::exception_ptr) {
            --connections;
            endIfNobodyIsLeft();
        });
    }
}

void Server::State::beginStop()
{
    isStopping = true;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    for (boost::beast::tcp_stream* stream : idle)
        stream->socket().shutdown(tcp::socket::shutdown_both, ignored);
    deadline.expires_after(stopTime);
    deadline.async_wait([this](boost::system::error_code error) {
        if (!error)
            context.stop();
    });
    endIfNobodyIsLeft();
}

void Server::State::endIfNobodyIsLeft()
{
    if (isStopping && connections == 0)
        deadline.cancel(); // nothing is left to wait for: run() returns
}

void Server::stop()
{
    State& state = *m_state;
    if (!state.thread.joinable())
        return;
    asio::post(state.context, [&state] { state.beginStop(); });
    state.thread.join();
}

} // namespace plumbline::collector
