// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility> // asio 1.74 forgets it

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <list>
#include <thread>

#include "importers/collector/admission.h"
#include "importers/collector/server.h"

namespace plumbline::collector {

/// What the connections of a server share. On the server's thread.
struct Server::State
{
    State(const Setup& serverSetup, Tally& serverTally, Handlers serverHandlers)
        : setup(serverSetup)
        , admission(serverSetup.token)
        , tally(serverTally)
        , handlers(std::move(serverHandlers))
        , acceptor(context)
        , pause(context)
        , deadline(context)
    {
    }

    const Setup setup;
    const Admission admission;
    Tally& tally;
    const Handlers handlers;
    boost::asio::io_context context{1};
    boost::asio::ip::tcp::acceptor acceptor;
    boost::asio::steady_timer pause, deadline;
    std::uint16_t port = 0;
    std::size_t mostConnections = 0;
    /// Connections between two requests, to be closed when the server stops.
    std::list<boost::beast::tcp_stream*> idle;
    std::size_t connections = 0;
    std::size_t bodiesBytes = 0; ///< of all bodies being received
    bool isStopping = false;
    std::thread thread;

    /// Accepts until the server stops.
    boost::asio::awaitable<void> acceptClients();
    /// One connection, from its first request to its end.
    boost::asio::awaitable<void> serve(boost::beast::tcp_stream stream);
    void beginStop();
    void endIfNobodyIsLeft();
};

} // namespace plumbline::collector
