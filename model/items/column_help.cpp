// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/column_help.h"

#include <QCoreApplication>
#include <QHash>

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(ColumnHelp)
};

QHash<QString, QString> helpById()
{
    const QString ofCost = Texts::tr("Each bucket of tokens times its price in the row of the model that held on the "
                                     "call's day; calls without usage or price are not in it");
    const QString ofTokens =
        Texts::tr("Input and output together; tokens read from a cache or written to one are input");
    return {
        {u"spend"_s, ofCost},
        {u"cost"_s, ofCost},
        {u"spent"_s, ofCost},
        {u"tokens"_s, ofTokens},
        {u"units"_s, Texts::tr("How much of it the call used, as its price row counts")},
        {u"rate"_s, Texts::tr("Of the price row that held when the call began")},
        {u"input"_s, Texts::tr("Tokens of the prompt: uncached, read from a cache and written to one")},
        {u"output"_s, Texts::tr("Tokens of the answer, those of its reasoning among them")},
        {u"cached"_s, Texts::tr("Input tokens that were read from a cache")},
        {u"cache-hit"_s, Texts::tr("Of the input tokens, read from a cache")},
        {u"calls"_s, Texts::tr("Calls of a model that are billed; steps that only wrap them are none")},
        {u"make-up"_s, Texts::tr("Tokens by what they are in the prompt or the answer, as they were split")},
        {u"wasted"_s, Texts::tr("Of the tokens, what is certainly or likely wasted")},
        {u"latency"_s, Texts::tr("From the start of a call to the end of its answer")},
        {u"cost-of-call"_s, Texts::tr("Cost divided by the calls whose cost is known")},
    };
}

} // namespace

QString columnHelp(const QString& id)
{
    static const QHash<QString, QString> help = helpById();
    return help.value(id);
}

} // namespace plumbline
