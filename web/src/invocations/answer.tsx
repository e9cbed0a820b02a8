/**
 * An agent's words with the marks of Markdown that they are written with. What it says is not trusted: HTML in it is
 * text, nothing of it is fetched (a picture is its description), and links lead away by a click only.
 */
import { Markdown, type MarkdownToJSX } from "markdown-to-jsx/react";
import type { ReactNode } from "react";

interface Inner {
  readonly children?: ReactNode;
}

/** The page's own headings are told apart by their level; those of an answer are not among them. */
const Heading = ({ children }: Inner): ReactNode => <p className="answer-heading">{children}</p>;

const Link = ({ href, title, children }: Inner & { href?: string; title?: string }): ReactNode => (
  <a href={href} title={title} target="_blank" rel="noreferrer noopener">
    {children}
  </a>
);

const Picture = ({ alt, src }: { readonly alt?: string; readonly src?: string }): ReactNode => (
  <span className="quiet">{alt === undefined || alt === "" ? src : alt}</span>
);

const Block = ({ children }: Inner): ReactNode => <pre className="lines">{children}</pre>;

const Table = ({ children }: Inner): ReactNode => (
  <div className="answer-table">
    <table>{children}</table>
  </div>
);

const OPTIONS: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  preserveFrontmatter: true,
  forceBlock: true,
  overrides: {
    a: Link,
    img: Picture,
    pre: Block,
    table: Table,
    h1: Heading,
    h2: Heading,
    h3: Heading,
    h4: Heading,
    h5: Heading,
    h6: Heading,
  },
};

export function Answer({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="answer">
      <Markdown options={OPTIONS}>{text}</Markdown>
    </div>
  );
}
