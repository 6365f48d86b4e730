/**
 * What is known about a failed token request. Everything is optional: if less is known, less is claimed.
 * None of it is a secret: of tokens and passwords only the shape is kept, never the string.
 */
export interface FailedGrant {
  /** The answer, as its client saw it. Absent: none came, or a page was not allowed to read it. */
  readonly answer?: GrantAnswer | undefined;
  /** Why no answer came, if that is known. */
  readonly noAnswer?: NoAnswer | undefined;
  /** What the program that asked said, where no answer came. */
  readonly complaint?: string | undefined;
  /** What was sent. */
  readonly request?: RequestShape | undefined;
  /** What was said of the request, where it is not there. */
  readonly mention?: RequestMention | undefined;
  /** What the server answered when it was asked. */
  readonly server?: ServerFindings | undefined;
  /** The client's clock when it asked, seconds since 1970. */
  readonly nowSeconds?: number | undefined;
  /** The answer came at some time before `nowSeconds`. @default false */
  readonly isSeenLater?: boolean | undefined;
}

/** What a log or a person says of a request. It rules out, but shows nothing. */
export interface RequestMention {
  readonly grantType?: string | undefined;
  /** Where it went. */
  readonly url?: string | undefined;
  readonly endpoint?: EndpointKind | undefined;
}

/** `hidden`: a page saw a network error, which can be CORS. */
export type NoAnswer =
  | 'hidden'
  | 'timed_out'
  | 'name_unknown'
  | 'connection_refused'
  | 'connection_lost'
  | 'certificate_refused'
  | 'redirected_too_often';

/** An answer of a token endpoint, or of a server in front of it. */
export interface GrantAnswer {
  readonly status: number;
  /** The status was not told: `status` is the usual one of `error`. */
  readonly isStatusUnknown?: boolean | undefined;
  /** OAuth `error` (RFC 6749 §5.2), or anything else in that field. */
  readonly error?: string | undefined;
  /** It was not told whether there was an `error`, and which. */
  readonly isErrorUnknown?: boolean | undefined;
  readonly errorDescription?: string | undefined;
  /** Media type without parameters, lower case. */
  readonly contentType?: string | undefined;
  /** The `WWW-Authenticate` scheme, lower case. */
  readonly challenge?: string | undefined;
  /** `error` of `WWW-Authenticate` (RFC 6750 §3.1). */
  readonly challengeError?: string | undefined;
  /** `error_description` of `WWW-Authenticate`. */
  readonly challengeDescription?: string | undefined;
  /** `scope` of `WWW-Authenticate`: what the resource needs. */
  readonly challengeScope?: string | undefined;
  /** The server's clock as it answered (`Date`), seconds since 1970. */
  readonly dateSeconds?: number | undefined;
  /** Whether the body is not what a token endpoint answers: no JSON, no object, a success without `access_token`. */
  readonly isMalformed?: boolean | undefined;
  /** An introspection that says `{"active":false}`. */
  readonly isInactive?: boolean | undefined;
  /** The `Server` header, or `Via`: which server claims to have answered. */
  readonly sender?: string | undefined;
  /** Whether a page of `request.origin` may read it (`Access-Control-Allow-Origin`). */
  readonly isReadable?: boolean | undefined;
  /** The `Location` of a redirect, without query and fragment. */
  readonly location?: string | undefined;
}

/** What a request is addressed to. `api`: an API of the app's own, or any other resource that takes a token; `gateway`: one behind an API gateway of a known product. */
export type EndpointKind =
  | 'token'
  | 'authorization'
  | 'userinfo'
  | 'introspection'
  | 'revocation'
  | 'logout'
  | 'device'
  | 'registration'
  | 'metadata'
  | 'admin'
  | 'api'
  | 'gateway';

/** How the body of a request is encoded, by its `Content-Type` and by what it looks like. */
export type BodyEncoding = 'form' | 'multipart' | 'json' | 'none' | 'other';

/** One field of a request, without its value. */
export interface FieldShape {
  /** How often it occurs. */
  readonly count: number;
  readonly isEmpty: boolean;
  /** Begins or ends with white space or a quotation mark. */
  readonly isPadded: boolean;
  /** Only line ends are around it, which some servers overlook. */
  readonly isPaddedByLineEnd?: boolean | undefined;
  /** Never filled in: `{{client_id}}`, `${TOKEN}`, `<token>`, `undefined`, `null`, `[object Object]`. */
  readonly isPlaceholder?: boolean | undefined;
  /** Still holds `%XX` after it was decoded once. */
  readonly isEncodedTwice?: boolean | undefined;
  /** Begins with an authentication scheme, such as `Bearer `. */
  readonly hasScheme?: boolean | undefined;
  /** A blank stands inside it: that is how a `+` arrives that was not encoded. */
  readonly hasInnerBlank?: boolean | undefined;
  /** It holds a `+`, or a `%` that begins no code: whoever decodes it once more reads something else, or nothing. */
  readonly hasReservedCharacters?: boolean | undefined;
  /** Another field, or a fragment, follows in it: more of an address was taken than its value. */
  readonly isFollowed?: boolean | undefined;
  /** A shell fills it in, so that nothing is known of it. */
  readonly isUnknown?: boolean | undefined;
  /** Characters of the decoded value. */
  readonly length?: number | undefined;
}

/** The readable parts of a `DPoP` proof (RFC 9449 §4.2). */
export interface DpopProofShape {
  /** `htm` */
  readonly method?: string | undefined;
  /** `htu` */
  readonly url?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly issuedAtSeconds?: number | undefined;
  /** The header has a `jwk`. */
  readonly hasKey?: boolean | undefined;
}

/** What a token request looks like, without a secret. */
export interface RequestShape {
  readonly method: string;
  /** Address without query, fragment and user information. */
  readonly url: string;
  readonly encoding: BodyEncoding;
  /** The `Content-Type` as sent, without parameters; `undefined`: none was. */
  readonly contentType?: string | undefined;
  /** The fields of the body by name, whatever its encoding. */
  readonly fields: Readonly<Record<string, FieldShape>>;
  /** The fields of the query by name. */
  readonly queryFields: Readonly<Record<string, FieldShape>>;
  readonly grantType?: string | undefined;
  /** It was sent as a form or as JSON: versions of a library differ. @default false */
  readonly isEncodingUnsure?: boolean | undefined;
  /** Only what is listed is known: other fields may have been sent too. @default false */
  readonly isSketch?: boolean | undefined;
  /** A `%` in the body is not followed by two hexadecimal digits. */
  readonly hasStrayPercent?: boolean | undefined;
  /** `client_id` of the body. */
  readonly clientId?: string | undefined;
  /** Scheme of the `Authorization` header, lower case. */
  readonly authorization?: string | undefined;
  /** User name of a Basic `Authorization` header. */
  readonly basicClientId?: string | undefined;
  /** Whether a Basic `Authorization` header has a password that is not empty. */
  readonly hasBasicSecret?: boolean | undefined;
  /** The two parts of a Basic `Authorization` header, by the names of the fields that they stand for. */
  readonly basicFields?: Readonly<Record<string, FieldShape>> | undefined;
  /** The names of all headers, lower case. Absent: not known. */
  readonly headerNames?: readonly string[] | undefined;
  /** The `DPoP` header, if there is one. */
  readonly dpopProof?: DpopProofShape | undefined;
  readonly origin?: string | undefined;
  readonly scope?: string | undefined;
  readonly redirectUri?: string | undefined;
  readonly refreshToken?: TokenShape | undefined;
  readonly accessToken?: TokenShape | undefined;
  /** By which the client proves itself (RFC 7523 §2.2). */
  readonly clientAssertion?: TokenShape | undefined;
  /** The grant itself (RFC 7523 §2.1). */
  readonly assertion?: TokenShape | undefined;
}

/** The readable parts of a token; all but `isJwt` and `length` only if it is a readable JWT. Times are seconds since 1970. */
export interface TokenShape {
  readonly isJwt: boolean;
  readonly length: number;
  readonly algorithm?: string | undefined;
  /** `typ` of the header: `JWT`, or `at+jwt` for an access token (RFC 9068). */
  readonly headerType?: string | undefined;
  /** Whether it has a `jti`. */
  readonly hasId?: boolean | undefined;
  /** It stands in quotation marks, which the server takes for a part of it. */
  readonly isQuoted?: true | undefined;
  /** Whether the signature is as long as `algorithm` makes it; absent if that is not fixed or not known. */
  readonly isSignatureWhole?: boolean | undefined;
  /** The `typ` claim: Keycloak's `Refresh`, `Offline`, `Bearer`, `ID`. */
  readonly typ?: string | undefined;
  readonly issuer?: string | undefined;
  readonly subject?: string | undefined;
  /** `azp`: the client it was issued to. */
  readonly authorizedParty?: string | undefined;
  readonly audience?: readonly string[] | undefined;
  /** `sid`, or the older `session_state`. */
  readonly sessionId?: string | undefined;
  readonly scope?: string | undefined;
  readonly issuedAtSeconds?: number | undefined;
  readonly notBeforeSeconds?: number | undefined;
  readonly expiresAtSeconds?: number | undefined;
  /** `cnf`: bound to a key (`jkt`) or a certificate (`x5t#S256`). */
  readonly boundTo?: 'key' | 'certificate' | undefined;
}

/** What asking the server showed. */
export interface ServerFindings {
  /** `unknown`: nothing was seen that only one product sends. */
  readonly product?: 'keycloak' | 'unknown' | undefined;
  readonly discovery?:
    | {
        readonly url: string;
        /** `undefined`: no answer. */
        readonly status?: number | undefined;
        readonly isMetadata: boolean;
        /** What the server says in its place. */
        readonly error?: string | undefined;
        readonly issuer?: string | undefined;
        readonly tokenEndpoint?: string | undefined;
        /** The other endpoints that it states. */
        readonly endpoints?: { readonly [kind in EndpointKind]?: string | undefined } | undefined;
        /** `grant_types_supported` */
        readonly grantTypes?: readonly string[] | undefined;
        /** `token_endpoint_auth_methods_supported` */
        readonly clientAuthentication?: readonly string[] | undefined;
      }
    | undefined;
  /** The answer to the same request with a junk token in place of the real one. */
  readonly junkTokenAnswer?: GrantAnswer | undefined;
  /** The answer to the corrected request, also with a junk token. */
  readonly correctedAnswer?: GrantAnswer | undefined;
  readonly preflight?:
    | {
        readonly status: number;
        readonly allowsOrigin: boolean;
        /** Headers of the request that it does not allow, lower case. */
        readonly refusedHeaders?: readonly string[] | undefined;
      }
    | undefined;
  /** Issuer of the metadata that was found with `/auth` added or removed, if there was none at the given address. */
  readonly issuerNearby?: string | undefined;
  /** What the authorization endpoint shows about the client; Keycloak shows there what its token endpoint does not. */
  readonly clientAtAuthorization?: 'unknown' | 'disabled' | 'bearer_only' | 'saml' | 'accepted' | undefined;
  /** The server's clock minus ours, in seconds. */
  readonly clockDifferenceSeconds?: number | undefined;
}
