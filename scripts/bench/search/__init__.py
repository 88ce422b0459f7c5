"""The search engine side by side with others, on the same paragraphs, in one run.

    make bench                    100,000 paragraphs
    make bench N=1000000          a million
    make bench WRITE=1            the same, and BENCHMARKS.md is written

    texts       paragraphs: sentences of real or sample reports, put together anew
    tasks       what is asked, chosen from the data by document frequency; the truth by a scan
    contender   what a contender must do, and the pages that all of them give
    contenders/ one module each: this project, then its peers
    worker      one contender in a process of its own: builds, or serves and is measured
    report      tables and bars

Every contender but stock Whoosh gets the project's own folding and words, and reads the text
of its hits from the same flat file. So the engines are compared, and not who segments faster.
"""
