// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

#include "ui/charts/plot_spec.h"

namespace plumbline::plotting {

/// Names under categories, as many as there is room for.
class CategoryTicker : public QCPAxisTicker
{
public:
    CategoryTicker(QStringList labels, std::vector<int> steps) : m_labels(std::move(labels)), m_steps(std::move(steps))
    {
    }

protected:
    double getTickStep(const QCPRange& range) override
    {
        for (const int step : m_steps)
            if (range.size() / step <= tickCount() + 1)
                return step;
        return m_steps.back() * std::ceil(range.size() / m_steps.back() / (tickCount() + 1));
    }
    int getSubTickCount(double) override { return 0; }
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override
    {
        QVector<double> ticks;
        for (double at = 0; at <= std::min<double>(range.upper, static_cast<double>(m_labels.size()) - 1);
             at += tickStep)
            if (at >= range.lower)
                ticks += at;
        return ticks;
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        const auto index = static_cast<qsizetype>(std::lround(tick));
        return index >= 0 && index < m_labels.size() ? m_labels[index] : QString();
    }

private:
    QStringList m_labels;
    std::vector<int> m_steps;
};

/// Figures of the axis' unit.
class FigureTicker : public QCPAxisTicker
{
public:
    explicit FigureTicker(PlotUnit unit) : m_unit(unit) { setTickCount(4); }

protected:
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return plotTick(m_unit, tick); }

private:
    PlotUnit m_unit;
};

} // namespace plumbline::plotting
