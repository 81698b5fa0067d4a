// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>

#include <functional>
#include <utility>

namespace plumbline {

/// A step between two states of something that is edited; `enter` is told which one holds.
template <class State>
class DraftStep : public QUndoCommand
{
public:
    DraftStep(const QString& text, State before, State after, std::function<void(const State&)> enter)
        : QUndoCommand(text), m_before(std::move(before)), m_after(std::move(after)), m_enter(std::move(enter))
    {
    }
    void undo() override { m_enter(m_before); }
    void redo() override { m_enter(m_after); }

private:
    State m_before;
    State m_after;
    std::function<void(const State&)> m_enter;
};

/// A step that was taken before it is pushed: it can only be taken back.
class DoneStep : public QUndoCommand
{
public:
    DoneStep(const QString& text, std::function<void()> takeBack) : QUndoCommand(text), m_takeBack(std::move(takeBack))
    {
    }
    void undo() override { m_takeBack(); }

private:
    std::function<void()> m_takeBack;
};

} // namespace plumbline
